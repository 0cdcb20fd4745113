/** What a tenant has at the simulated Bank of Georgia, in words. */
import { dayOf } from '#sandbox/bank/calendar.ts'
import { type BankSections, byTime, item, money } from '#sandbox/state/state-view.ts'
import { type Tenant, tenantNow } from '#sandbox/state/tenants.ts'
import type { SandboxItem } from '#shared/sandbox-state.ts'
import { isOver } from './authorisation-life.ts'
import { type Authorisable, type BogState, bogStateOf, type Payment } from './bog-state.ts'
import { consentStatus } from './consent-status.ts'
import { bogAccounts, bogCustomers, findCustomer } from './customers.ts'
import { accessTokenSeconds } from './life-times.ts'
import { paymentStatus } from './payment-status.ts'
import { settledPayments, transfersOf } from './settled-payments.ts'
import { balanceOn } from './transaction-data.ts'

const nameOf = (id: string | null): string => (id === null ? 'nobody yet' : (findCustomer(id)?.name ?? id))
const namesOf = (ids: readonly string[]): string => ids.map(nameOf).join(', ')

const accounts = (state: BogState, now: number): SandboxItem[] =>
  bogAccounts.map((account) => {
    const balances = account.currencies.map((part) => {
      const paid = settledPayments({ state, now }, account, part.currency).reduce((sum, { amount }) => sum + amount, 0)
      return money(balanceOn(account, part, dayOf(now)) + paid, part.currency)
    })
    return item({
      id: account.resourceId,
      title: `${account.name}, ${account.ownerName}`,
      status: account.blocked ? 'blocked' : 'enabled',
      facts: { iban: account.iban, balance: balances.join(', '), holders: namesOf(account.holders) },
    })
  })

const cards = (): SandboxItem[] =>
  bogCustomers.flatMap(({ cards: own, name }) =>
    own.map(({ resourceId, maskedPan }) => item({ id: resourceId, title: `${maskedPan}, ${name}`, status: null })),
  )

const signatures = ({ eligible, everyone, signedBy }: Authorisable) => ({
  signers: eligible.length > 0 ? `${everyone ? 'all of' : 'one of'} ${namesOf(eligible)}` : 'whoever holds the account',
  signed: namesOf(signedBy),
})

const consents = ({ consents: all }: BogState, now: number): SandboxItem[] =>
  byTime(Object.values(all), ({ createdAt }) => createdAt).map((consent) =>
    item({
      id: consent.id,
      title: `${consent.recurring ? 'Recurring' : 'One-off'} consent until ${consent.validUntil}`,
      status: consentStatus(consent, now),
      times: {
        created: consent.createdAt,
        authorised: consent.signedAt,
        rejected: consent.rejectedAt,
        replaced: consent.replacedAt,
        deleted: consent.deletedAt,
        revoked: consent.revokedAt,
      },
      facts: {
        ...signatures(consent),
        access: Object.keys(consent.access).join(', '),
        'unattended reads': `${consent.unattended.reads} of ${consent.frequencyPerDay} on ${consent.unattended.day}`,
      },
    }),
  )

function paymentTitle(payment: Payment): string {
  const [first, ...others] = transfersOf(payment)
  const amount = first?.instructedAmount ? `${first.instructedAmount.amount} ${first.instructedAmount.currency}` : '?'
  return `${amount} to ${first?.creditorName ?? '?'}${others.length > 0 ? ` and ${others.length} more` : ''}`
}

const payments = ({ payments: all }: BogState, now: number): SandboxItem[] =>
  byTime(Object.values(all), ({ createdAt }) => createdAt).map((payment) =>
    item({
      id: payment.id,
      title: paymentTitle(payment),
      status: paymentStatus(payment, now),
      times: {
        created: payment.createdAt,
        authorised: payment.signedAt,
        rejected: payment.rejectedAt,
        'cancellation asked for': payment.cancellation?.createdAt,
        cancelled: payment.cancelledAt,
      },
      facts: {
        ...signatures(payment),
        service: payment.service,
        product: payment.product,
        from: payment.content.debtorAccount.iban,
        day: payment.content.startDate ?? payment.content.requestedExecutionDate,
      },
    }),
  )

const authorisations = ({ authorisations: all }: BogState, now: number): SandboxItem[] =>
  byTime(Object.values(all), ({ createdAt }) => createdAt).map((authorisation) =>
    item({
      id: authorisation.id,
      title: `${nameOf(authorisation.psu)}: ${authorisation.kind} ${authorisation.resource}`,
      status: isOver(authorisation, now) ? 'failed' : authorisation.status,
      times: { started: authorisation.createdAt },
      facts: { for: authorisation.kind, of: authorisation.resource },
    }),
  )

function tokens({ grants, accessTokens, refreshTokens }: BogState, now: number): SandboxItem[] {
  const ofGrant = (id: string): string => (grants[id] ? `${grants[id].scope}, ${nameOf(grants[id].psu)}` : 'a grant')
  const isRevoked = (id: string): boolean => (grants[id]?.revoked ?? null) !== null
  const access = byTime(Object.values(accessTokens), ({ issuedAt }) => issuedAt).map(({ grant, issuedAt }) => {
    const ends = issuedAt + accessTokenSeconds * 1000
    return item({
      id: grant,
      title: `Access token: ${ofGrant(grant)}`,
      status: isRevoked(grant) ? 'revoked' : now < ends ? 'valid' : 'over',
      times: { issued: issuedAt, ends },
      facts: { 'bound to a certificate': true },
    })
  })
  const refresh = Object.values(refreshTokens).map(({ grant, used }) =>
    item({
      id: grant,
      title: `Refresh token: ${ofGrant(grant)}`,
      status: isRevoked(grant) ? 'revoked' : used ? 'used' : 'unused',
    }),
  )
  return [...access, ...refresh]
}

export function showBogState(tenant: Tenant): Partial<BankSections> {
  const state = bogStateOf(tenant)
  const now = tenantNow(tenant)
  return {
    accounts: [...accounts(state, now), ...cards()],
    payments: payments(state, now),
    consents: consents(state, now),
    authorisations: authorisations(state, now),
    tokens: tokens(state, now),
  }
}
