/** What the simulated Salt Edge keeps about one tenant; plain JSON, times in milliseconds on the tenant's clock. */
import type { Tenant } from '#sandbox/state/tenants.ts'

export const saltEdgeId = 'salt-edge'

/** How a request names an account; one identifier is enough. */
export interface AccountReference {
  readonly iban?: string
  readonly bban?: string
  readonly pan?: string
  readonly maskedPan?: string
  readonly msisdn?: string
  readonly bankAccountIdentifier?: string
  readonly currency?: string
}

export interface Decision {
  readonly psuId: string
  readonly approves: boolean
  readonly at: number
}

export interface Consent {
  readonly id: string
  readonly authorisationId: string
  readonly provider: string
  /** The body as it was sent. */
  readonly content: { readonly account: AccountReference; readonly [field: string]: unknown }
  /** Whom the TPP named; null where the bank has to ask. */
  readonly psuId: string | null
  /** Null where the TPP wanted no redirect: the bank then asks the customer in its app. */
  readonly redirectUri: string | null
  readonly createdAt: number
  openedAt: number | null
  decisions: Decision[]
  revokedAt: number | null
  endedAt: number | null
}

export interface SaltEdgeState {
  /** By id. */
  consents: Record<string, Consent>
}

export function saltEdgeStateOf(tenant: Tenant): SaltEdgeState {
  tenant.banks[saltEdgeId] ??= { consents: {} }
  return tenant.banks[saltEdgeId] as SaltEdgeState
}

/** Looks without leaving an empty state behind. */
export const consentsOf = (tenant: Tenant): SaltEdgeState['consents'] =>
  (tenant.banks[saltEdgeId] as SaltEdgeState | undefined)?.consents ?? {}

export function resetSaltEdgeState(tenant: Tenant): void {
  tenant.banks[saltEdgeId] = { consents: {} }
}
