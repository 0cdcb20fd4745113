/** What a tenant has at the simulated PayEx ledger, in words. */
import { type BankSections, byTime, item } from '#sandbox/state/state-view.ts'
import { type Tenant, tenantNow } from '#sandbox/state/tenants.ts'
import type { SandboxItem } from '#shared/sandbox-state.ts'
import { relationsOf, statusOf } from './application-status.ts'
import { findCustomer } from './customers.ts'
import { isExpired, type PreAuthorization, payexStateOf } from './payex-state.ts'
import { signingOutcome } from './signing-outcome.ts'

function standing(preAuthorization: PreAuthorization, now: number): string {
  if (preAuthorization.cancelledAt !== null) return 'cancelled'
  if (isExpired(preAuthorization, now)) return 'expired'
  return (preAuthorization.identification?.doneAt ?? null) === null ? 'begun' : 'identified'
}

function applicationOf({ application, customer: key, id, begunAt }: PreAuthorization, now: number): SandboxItem[] {
  const customer = findCustomer(key)
  if (!application || !customer) return []
  return [
    item({
      id,
      title: `${application.kind}, ${customer.name}`,
      status: statusOf(application, customer, now),
      times: {
        begun: begunAt,
        'KALP filled in': application.kalp?.filledAt,
        'signing begun': application.signing?.begunAt,
        verified: application.verifiedAt,
      },
      facts: {
        country: customer.country,
        'answers given': application.answers?.length,
        'allowed now': relationsOf(application, customer, now).join(', '),
      },
    }),
  ]
}

function signingOf({ application, customer: key }: PreAuthorization, now: number): SandboxItem[] {
  const customer = findCustomer(key)
  if (!application?.signing || !customer) return []
  const { signing } = application
  const { status, hint } = signingOutcome(signing, customer.habit, now)
  return [
    item({
      id: signing.id,
      title: `${customer.name} signs: ${signing.way}`,
      status,
      times: { begun: signing.begunAt, opened: signing.openedAt, ended: signing.end?.at },
      facts: { hint },
    }),
  ]
}

export function showPayexState(tenant: Tenant): Partial<BankSections> {
  const now = tenantNow(tenant)
  const all = byTime(Object.values(payexStateOf(tenant).preAuthorizations), ({ begunAt }) => begunAt)
  return {
    applications: all.flatMap((one) => applicationOf(one, now)),
    authorisations: all.flatMap((one) => signingOf(one, now)),
    tokens: all.map((one) =>
      item({
        id: one.id,
        title: `Pre-authorization: ${findCustomer(one.customer)?.name ?? one.customer}`,
        status: standing(one, now),
        times: { begun: one.begunAt, identified: one.identification?.doneAt, cancelled: one.cancelledAt },
      }),
    ),
  }
}
