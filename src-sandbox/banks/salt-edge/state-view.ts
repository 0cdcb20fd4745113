/** What a tenant has at the simulated Salt Edge, in words. */
import { type BankSections, byTime, item, money } from '#sandbox/state/state-view.ts'
import { type Tenant, tenantNow } from '#sandbox/state/tenants.ts'
import { standingOf } from './consent-standing.ts'
import { demoAccounts, findCustomer } from './customers.ts'
import { type AccountReference, type Consent, consentsOf } from './salt-edge-state.ts'

const nameOf = (psuId: string | null): string => (psuId === null ? 'nobody yet' : (findCustomer(psuId)?.name ?? psuId))

const identifierOf = (reference: AccountReference): string =>
  Object.entries(reference).find(([name, value]) => name !== 'currency' && value)?.[1] ?? '?'

const timesOf = (consent: Consent) => ({
  created: consent.createdAt,
  opened: consent.openedAt,
  revoked: consent.revokedAt,
  deleted: consent.endedAt,
  ...Object.fromEntries(
    consent.decisions.map(({ psuId, approves, at }) => [`${approves ? 'approved' : 'denied'} by ${nameOf(psuId)}`, at]),
  ),
})

export function showSaltEdgeState(tenant: Tenant): Partial<BankSections> {
  const now = tenantNow(tenant)
  const consents = byTime(Object.values(consentsOf(tenant)), ({ createdAt }) => createdAt)
  return {
    accounts: demoAccounts.map(({ identifiers, holders, signatures, balances }) =>
      item({
        id: identifierOf(identifiers),
        title: holders.map(nameOf).join(', '),
        status: null,
        facts: {
          available: Object.entries(balances)
            .map(([currency, amount]) => money(amount, currency))
            .join(', '),
          'signatures needed': signatures,
        },
      }),
    ),
    consents: consents.map((consent) =>
      item({
        id: consent.id,
        title: `Funds confirmation for ${identifierOf(consent.content.account)}`,
        status: standingOf(consent, now).consentStatus,
        times: timesOf(consent),
        facts: { provider: consent.provider, customer: nameOf(consent.psuId) },
      }),
    ),
    authorisations: consents.map((consent) =>
      item({
        id: consent.authorisationId,
        title: `${nameOf(consent.psuId)}: consent ${consent.id}`,
        status: standingOf(consent, now).scaStatus,
        times: timesOf(consent),
        facts: { asked: consent.redirectUri === null ? "in the bank's app" : "on the bank's page" },
      }),
    ),
  }
}
