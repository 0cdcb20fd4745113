/** What a tenant has at the simulated SpareBank 1, in words. */
import { type BankSections, byTime, item, money } from '#sandbox/state/state-view.ts'
import { type Tenant, tenantNow } from '#sandbox/state/tenants.ts'
import { findCustomer, sb1Customers } from './customers.ts'
import { paymentStatus, scaLifeMilliseconds } from './payment-status.ts'
import { type Challenge, type Decision, type PaymentContent, sb1StateOf } from './sb1-state.ts'

const titleOf = ({ instructedAmount, creditorName }: PaymentContent): string =>
  `${instructedAmount.amount} ${instructedAmount.currency} to ${creditorName}`

const decided = (decision: Decision | null) =>
  decision ? { [decision.approves ? 'authorised' : 'denied']: decision.at } : {}

function challengeStatus({ decision, openedAt, handedOutAt }: Challenge, now: number): string {
  if (decision) return decision.approves ? 'finalised' : 'failed'
  if (now > handedOutAt + scaLifeMilliseconds) return 'failed'
  return openedAt === null ? 'received' : 'started'
}

export function showSb1State(tenant: Tenant): Partial<BankSections> {
  const now = tenantNow(tenant)
  const { payments, challenges } = sb1StateOf(tenant)
  const spent = (iban: string): number =>
    Object.values(payments)
      .filter(({ content }) => content.debtorAccount.iban === iban)
      .filter((payment) => paymentStatus(payment, now) !== 'RJCT')
      .reduce((sum, { debit }) => sum + debit, 0)
  return {
    accounts: sb1Customers.flatMap(({ accounts, name, blocked }) =>
      accounts.map(({ iban, currency, balance, debitable }) =>
        item({
          id: iban,
          title: name,
          status: blocked ? 'blocked' : null,
          facts: { available: money(balance - spent(iban), currency), 'can be paid from': debitable },
        }),
      ),
    ),
    payments: byTime(Object.values(payments), ({ takenAt }) => takenAt).map((payment) =>
      item({
        id: payment.id,
        title: titleOf(payment.content),
        status: paymentStatus(payment, now),
        times: { taken: payment.takenAt, ...decided(payment.decision) },
        facts: {
          from: payment.content.debtorAccount.iban,
          day: payment.content.requestedExecutionDate,
          text: payment.content.remittanceInformationUnstructured,
        },
      }),
    ),
    authorisations: byTime(Object.values(challenges), ({ handedOutAt }) => handedOutAt).map((challenge) =>
      item({
        // Whoever has the whole of it can open the page.
        id: `${challenge.state.slice(0, 8)}…`,
        title: `${findCustomer(challenge.psuId)?.name ?? 'nobody yet'}: ${titleOf(challenge.content)}`,
        status: challengeStatus(challenge, now),
        times: { 'handed out': challenge.handedOutAt, opened: challenge.openedAt, ...decided(challenge.decision) },
        facts: { payment: challenge.payment },
      }),
    ),
  }
}
