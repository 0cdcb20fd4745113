/** What the simulated ICA Banken keeps about one tenant; plain JSON, times in milliseconds on the tenant's clock. */
import type { Tenant } from '#sandbox/state/tenants.ts'

export const icaBankId = 'ica-banken'

/** One consent: the customer authenticated once, everything issued since belongs to it. */
export interface Grant {
  readonly id: string
  readonly ssn: string
  readonly scope: string
  readonly authenticatedAt: number
  revoked: string | null
}

export interface Code {
  readonly ssn: string
  readonly scope: string
  readonly redirectUri: string
  readonly challenge: string | null
  readonly issuedAt: number
  /** The grant it became; null while unused. */
  grant: string | null
}

export interface AccessToken {
  readonly grant: string
  readonly issuedAt: number
  /** RFC 8705: x5t#S256 of the certificate it was issued to. */
  readonly thumbprint: string
}

export interface RefreshToken {
  readonly grant: string
  used: boolean
}

export interface AccountNumber {
  readonly iban?: string
  readonly bban?: string
}

/** The fields the bank reads itself; the rest of a product is only kept and given back. */
export interface PaymentContent {
  readonly debtorAccount: AccountNumber
  readonly instructedAmount: { readonly currency: string; readonly amount: string }
  readonly creditorName: string
  readonly requestedExecutionDate?: string
  readonly startDate?: string
  readonly endDate?: string
  readonly frequency?: string
  readonly [field: string]: unknown
}

export interface Payment {
  readonly id: string
  readonly kind: 'single' | 'periodic'
  readonly product: string
  readonly ssn: string
  /** What was sent, reduced to the fields of the product. */
  readonly content: PaymentContent
  readonly createdAt: number
  basket: string | null
  signedAt: number | null
  cancelled: boolean
}

export interface Basket {
  readonly id: string
  readonly ssn: string
  readonly payments: readonly string[]
  signedAt: number | null
}

export interface IcaState {
  /** SHA-256 of the certificates uploaded to the API Store. */
  uploads: string[]
  client: { readonly callbackUris: readonly string[] } | null
  /** By id. */
  grants: Record<string, Grant>
  /** By digest of the secret. */
  codes: Record<string, Code>
  accessTokens: Record<string, AccessToken>
  refreshTokens: Record<string, RefreshToken>
  payments: Record<string, Payment>
  baskets: Record<string, Basket>
  /** "ssn day" → account calls without the customer. */
  unattended: Record<string, number>
}

const fresh = (uploads: string[]): IcaState => ({
  uploads,
  client: null,
  grants: {},
  codes: {},
  accessTokens: {},
  refreshTokens: {},
  payments: {},
  baskets: {},
  unattended: {},
})

export function icaStateOf(tenant: Tenant): IcaState {
  tenant.banks[icaBankId] ??= fresh([])
  return tenant.banks[icaBankId] as IcaState
}

/** The portal is not part of what a test run does, so its certificates stay. */
export function resetIcaState(tenant: Tenant): void {
  tenant.banks[icaBankId] = fresh(icaStateOf(tenant).uploads)
}
