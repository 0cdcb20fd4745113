/** The status codes of the Berlin Group's framework (NextGenPSD2 1.3, section 14) in words of our own, for banks whose document names the codes alone. */
import type { BankProfile } from '#shared/bank-profile.ts'

type Status = BankProfile['statuses'][string][number]

const status = (code: string, name: string, meaning: string, final = false): Status => ({ code, name, meaning, final })

export const berlinGroupStatuses = {
  payment: [
    status('RCVD', 'Received', 'The bank has it; nobody authorised it yet.'),
    status('PDNG', 'Pending', 'The bank looks into it further.'),
    status(
      'PATC',
      'Partially accepted, technically correct',
      'Some of the signers have authorised it, others have not.',
    ),
    status('ACTC', 'Accepted, technically correct', 'Authorised; form and content are right.'),
    status('ACCP', 'Accepted, customer profile', 'The check of the customer is passed as well.'),
    status('ACFC', 'Accepted, funds checked', 'The money is there as well.'),
    status('ACWC', 'Accepted with change', 'Accepted, but the bank changed something, such as the date.'),
    status('ACSP', 'Accepted, settlement in process', 'The bank is carrying it out.'),
    status('ACWP', 'Accepted without posting', 'Accepted by the payee’s bank, not booked on the payee’s account yet.'),
    status('PART', 'Partially accepted', 'Some payments of a bulk are accepted, others are not.'),
    status('ACSC', 'Settled at the debtor', 'The money has left the customer’s account.', true),
    status('ACCC', 'Settled at the creditor', 'The money is on the payee’s account.', true),
    status('RJCT', 'Rejected', 'Refused by the bank, or not authorised by the customer.', true),
    status('CANC', 'Cancelled', 'Cancelled before it was carried out.', true),
  ],
  consent: [
    status('received', 'Received', 'The bank has the request; nobody authorised it yet.'),
    status('partiallyAuthorised', 'Partially authorised', 'Some of the signers have authorised it, others have not.'),
    status('valid', 'Valid', 'Authorised; what it covers can be used.'),
    status('rejected', 'Rejected', 'Refused by the bank, or not authorised by the customer.', true),
    status('revokedByPsu', 'Revoked by the customer', 'The customer took it back at the bank.', true),
    status(
      'expired',
      'Expired',
      'Past its last day, or replaced by a newer recurring consent of the same customer.',
      true,
    ),
    status('terminatedByTpp', 'Ended by the TPP', 'The TPP deleted it.', true),
  ],
  sca: [
    status('received', 'Received', 'The authorisation was started.'),
    status('psuIdentified', 'Customer identified', 'The bank knows who the customer is.'),
    status('psuAuthenticated', 'Customer authenticated', 'The first factor was right.'),
    status('scaMethodSelected', 'Method chosen', 'The method of the second factor is chosen.'),
    status('started', 'Started', 'The second factor is being asked for.'),
    status('unconfirmed', 'Not confirmed', 'The customer is through; the TPP still has to confirm with a code.'),
    status('finalised', 'Finalised', 'The customer authorised it.', true),
    status('failed', 'Failed', 'The customer declined, or could not be authenticated.', true),
    status('exempted', 'Exempted', 'The bank asked for no strong authentication.', true),
  ],
} as const satisfies BankProfile['statuses']
