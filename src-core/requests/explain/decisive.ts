/** Evidence that by itself makes a bank refuse a call, where it concerns the call: what speaks against a bank's own words. */
import { type EvidenceName, evidenceNames } from '#shared/error-words.ts'
import type { CallFacts } from '../call-facts.ts'
import { signatureHeader } from '../evidence/signature.ts'

interface Decisive {
  concerns(facts: CallFacts): boolean
  /** What to do, where the bank's table has no row with it. */
  readonly fix: string
}

const always = () => true
const needsToken = ({ scope, operation }: CallFacts) => scope !== null && !operation.tokenOptional
const needsCertificate = ({ bank, operation }: CallFacts) =>
  bank.profile.hosts[operation.host]?.clientCertificate === 'QWAC'
const shows = (facts: CallFacts) => needsCertificate(facts) || signatureHeader(facts) !== null
const signs = (facts: CallFacts) => signatureHeader(facts) !== null

const certificate = 'Choose an identity whose certificate is right for this bank, or order one.'
const token = 'Get a living token for what the operation needs and send the call again.'
const unmade = 'Leave the header out: the workbench makes it over what is sent.'

const table: Partial<Record<EvidenceName, Decisive>> = {
  'no-client-certificate': { concerns: needsCertificate, fix: 'Choose an identity for this call.' },
  'certificate-expired': { concerns: shows, fix: certificate },
  'certificate-not-yet-valid': { concerns: shows, fix: certificate },
  'certificate-wrong-kind': { concerns: shows, fix: certificate },
  'certificate-role-absent': { concerns: shows, fix: certificate },
  'certificate-other-organisation': { concerns: shows, fix: 'Send the organizationIdentifier of the certificate.' },
  'certificate-header-unreadable': { concerns: signs, fix: unmade },
  'certificate-header-absent': { concerns: signs, fix: unmade },
  'no-token': { concerns: needsToken, fix: token },
  'authorization-malformed': { concerns: needsToken, fix: token },
  'token-expired': { concerns: needsToken, fix: token },
  'token-other-scope': { concerns: needsToken, fix: token },
  'token-other-id': { concerns: needsToken, fix: token },
  'token-other-certificate': { concerns: needsToken, fix: token },
  'grant-too-old': { concerns: needsToken, fix: 'Let the customer authorise again.' },
  'code-too-old': { concerns: always, fix: 'Let the customer authorise again and exchange the code at once.' },
  'callback-not-registered': { concerns: always, fix: 'Register the redirect URI, or use a registered one.' },
  'consent-not-valid': {
    // A token set by hand may be of another consent, or none: what the bank says of it goes before.
    concerns: (facts) => needsToken(facts) && facts.grant !== null,
    fix: 'Let the customer authorise the consent, or create a new one.',
  },
  'consent-expired': { concerns: always, fix: 'Create a new consent.' },
  'consent-replaced': { concerns: always, fix: 'Use the newer consent.' },
  'quota-used-up': {
    concerns: ({ bank, headers }) => {
      const header = bank.profile.unattended?.presentHeader.toLowerCase()
      return header !== undefined && !headers.some(([name]) => name.toLowerCase() === header)
    },
    fix: 'Wait for the next day, or send the header that says the customer is there.',
  },
  'signature-absent': { concerns: signs, fix: 'Choose an identity, so that the call is signed.' },
  'signature-malformed': { concerns: signs, fix: unmade },
  'signature-not-verifying': { concerns: signs, fix: unmade },
  'digest-differs': { concerns: always, fix: unmade },
  'key-id-differs': { concerns: signs, fix: unmade },
  'date-off': { concerns: signs, fix: 'Set the clock of this machine, and leave the Date header to the workbench.' },
  'required-header-absent': { concerns: always, fix: 'Send the header.' },
  'required-parameter-absent': { concerns: always, fix: 'Send the parameter.' },
  'header-value-invalid': { concerns: always, fix: 'Give the header the form its documentation names.' },
  'parameter-invalid': { concerns: always, fix: 'Give the parameter the form its documentation names.' },
  'body-invalid': { concerns: always, fix: 'Mend the body where it breaks its schema.' },
  'body-absent': { concerns: ({ operation }) => operation.body?.required === true, fix: 'Send a body.' },
  'character-not-allowed': { concerns: always, fix: 'Write the text with the characters the bank takes.' },
  'amount-digits': { concerns: always, fix: 'Write the amount with the decimals of its currency.' },
  'currency-not-of-product': { concerns: always, fix: 'Pay in a currency of the product.' },
  'date-in-past': { concerns: always, fix: 'Name today or a later day.' },
  'period-too-long': { concerns: always, fix: 'Begin the period later.' },
  'period-reversed': { concerns: always, fix: 'Let the period end after it begins.' },
  'page-size-too-large': { concerns: always, fix: 'Ask for smaller pages.' },
  'product-not-listed': {
    concerns: ({ operation }) =>
      operation.parameters.some(({ in: place, name }) => place === 'path' && /product/i.test(name)),
    fix: 'Name a product of the bank.',
  },
  'frequency-not-offered': { concerns: always, fix: 'Name a frequency the bank offers.' },
  'accept-not-json': { concerns: always, fix: 'Leave Accept out, or name application/json in it.' },
}

export const decisiveNames = Object.keys(table) as EvidenceName[]

export const isDecisive = (name: EvidenceName, facts: CallFacts): boolean => table[name]?.concerns(facts) === true

export const generalFix = (name: EvidenceName): string => table[name]?.fix ?? ''

/** As a title: "The access token was older than its lifetime". */
export const evidenceTitle = (name: EvidenceName): string =>
  evidenceNames[name].charAt(0).toUpperCase() + evidenceNames[name].slice(1)
