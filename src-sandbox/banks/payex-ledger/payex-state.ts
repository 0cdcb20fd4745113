/** What the simulated PayEx ledger keeps about one tenant; plain JSON, times in milliseconds on the tenant's clock. */
import { digestOf } from '#sandbox/state/secret-digest.ts'
import { type Tenant, type Tenants, tenantNow } from '#sandbox/state/tenants.ts'

export const payexBankId = 'payex-ledger'

/** The two kinds, by their part of the path. */
export type ApplicationKind = 'account-applications' | 'limit-upgrade-applications'

export interface Identification {
  /** What came back from Curity, not yet handed in; of the secret only the digest. */
  result: { readonly digest: string; readonly at: number } | null
  doneAt: number | null
}

/** The hints a signing can end with by what somebody did, and the one that is none: signed. */
export type SigningEnd = 'Complete' | 'UserCancel' | 'Cancelled'

export interface Signing {
  readonly id: string
  /** A BankID order that is polled, BankID on the same device, or a page of the signing service. */
  readonly way: 'bankid-order' | 'bankid-app' | 'page'
  readonly startToken: string
  readonly begunAt: number
  /** When somebody opened the page of it; from then on the customer does nothing unasked. */
  openedAt: number | null
  end: { readonly at: number; readonly as: SigningEnd } | null
  /** Answers given about it, so that no two QR codes are alike. */
  shown: number
}

export interface GivenAnswer {
  readonly code: string
  readonly answerCode: string
}

export interface Application {
  readonly kind: ApplicationKind
  /** Null until a full set was posted. */
  answers: readonly GivenAnswer[] | null
  kalp: { readonly id: string; filledAt: number | null } | null
  signing: Signing | null
  verifiedAt: number | null
}

export interface PreAuthorization {
  /** 32 hexadecimal digits; Curity's `state`. */
  readonly id: string
  readonly customer: string
  readonly begunAt: number
  identification: Identification | null
  application: Application | null
  cancelledAt: number | null
}

export interface PayexState {
  /** By digest of the token. */
  preAuthorizations: Record<string, PreAuthorization>
}

export function payexStateOf(tenant: Tenant): PayexState {
  tenant.banks[payexBankId] ??= { preAuthorizations: {} } satisfies PayexState
  return tenant.banks[payexBankId] as PayexState
}

export function resetPayexState(tenant: Tenant): void {
  tenant.banks[payexBankId] = { preAuthorizations: {} } satisfies PayexState
}

/** Tokens name themselves, so made-up ones must not fill memory: the oldest goes. */
const mostPreAuthorizations = 200

export function keepPreAuthorization(state: PayexState, token: string, made: PreAuthorization): void {
  const kept = Object.entries(state.preAuthorizations).slice(-(mostPreAuthorizations - 1))
  state.preAuthorizations = { ...Object.fromEntries(kept), [digestOf(token)]: made }
}

const lifeMilliseconds = 24 * 60 * 60_000

export const isExpired = ({ begunAt }: PreAuthorization, now: number): boolean => now - begunAt > lifeMilliseconds

export interface Owned<Thing> {
  readonly tenant: Tenant
  readonly preAuthorization: PreAuthorization
  readonly thing: Thing
}

/** Looks through every tenant: a page knows the id of a thing and nothing of who asked for it. */
export function everyPreAuthorization<Thing>(
  tenants: Tenants,
  pick: (preAuthorization: PreAuthorization) => Thing | null | undefined,
): Owned<Thing>[] {
  return tenants.all().flatMap((tenant) => {
    const kept = tenant.banks[payexBankId] as PayexState | undefined
    return Object.values(kept?.preAuthorizations ?? {}).flatMap((preAuthorization) => {
      const thing = isExpired(preAuthorization, tenantNow(tenant)) ? null : pick(preAuthorization)
      return thing === null || thing === undefined ? [] : [{ tenant, preAuthorization, thing }]
    })
  })
}
