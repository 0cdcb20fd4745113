/** What the simulated Bank of Georgia keeps about one tenant; plain JSON, times in milliseconds on the tenant's clock. */
import type { Tenant } from '#sandbox/state/tenants.ts'

export const bogBankId = 'bank-of-georgia'

export interface AccountReference {
  readonly iban?: string
  readonly maskedPan?: string
  readonly currency?: string
  readonly [field: string]: unknown
}

/** As sent by the TPP. */
export interface ConsentAccess {
  readonly accounts?: readonly AccountReference[]
  readonly balances?: readonly AccountReference[]
  readonly transactions?: readonly AccountReference[]
  readonly availableAccounts?: string
  readonly availableAccountsWithBalance?: string
  readonly allPsd2?: string
}

/** What customers have to authorise: who they are is settled when it is created, as far as it is known by then. */
export interface Authorisable {
  readonly id: string
  readonly createdAt: number
  /** PSU-IDs of the customers who may authorise it. */
  readonly eligible: readonly string[]
  /** Whether all of them have to, or one will do. */
  readonly everyone: boolean
  /** PSU-IDs of those who did. */
  signedBy: string[]
  signedAt: number | null
  rejectedAt: number | null
  /** TPP-Redirect-URI of the creation. */
  readonly redirectUri: string | null
}

export interface Consent extends Authorisable {
  readonly access: ConsentAccess
  readonly recurring: boolean
  /** Perhaps earlier than asked for. */
  readonly validUntil: string
  readonly frequencyPerDay: number
  lastActionDay: string
  replacedAt: number | null
  deletedAt: number | null
  revokedAt: number | null
  /** Day and reads without the customer on it. */
  unattended: { readonly day: string; readonly reads: number }
  /** What a consent for one access has been used for. */
  used: string[]
}

/** The fields the bank reads itself; the rest is only kept and given back. */
export interface PaymentContent {
  readonly debtorAccount: AccountReference
  readonly instructedAmount?: Amount
  readonly creditorAccount?: AccountReference
  readonly creditorName?: string
  readonly remittanceInformationUnstructured?: string
  readonly requestedExecutionDate?: string
  readonly startDate?: string
  readonly endDate?: string
  readonly frequency?: string
  readonly payments?: readonly BulkEntry[]
  readonly [field: string]: unknown
}

export interface Amount {
  readonly currency: string
  readonly amount: string
}

export interface BulkEntry {
  readonly instructedAmount: Amount
  readonly creditorAccount: AccountReference
  readonly creditorName: string
  readonly remittanceInformationUnstructured?: string
  readonly [field: string]: unknown
}

export const paymentServices = ['payments', 'bulk-payments', 'periodic-payments'] as const
export type PaymentService = (typeof paymentServices)[number]

export interface Payment extends Authorisable {
  readonly service: PaymentService
  readonly product: string
  readonly content: PaymentContent
  /** When the TPP asked for a cancellation that has to be authorised. */
  cancellation: Authorisable | null
  cancelledAt: number | null
}

export const resourceKinds = ['consent', 'payment', 'cancellation'] as const
export type ResourceKind = (typeof resourceKinds)[number]

export type ScaStatus =
  | 'received'
  | 'psuIdentified'
  | 'psuAuthenticated'
  | 'scaMethodSelected'
  | 'started'
  | 'finalised'
  | 'failed'

export interface Authorisation {
  readonly id: string
  readonly kind: ResourceKind
  /** Id of the consent or payment. */
  readonly resource: string
  readonly createdAt: number
  /** PSU-ID, once known. */
  psu: string | null
  status: ScaStatus
  /** TPP-Redirect-URI of the start. */
  readonly redirectUri: string | null
}

/** One customer's approval of one scope; everything issued since belongs to it. */
export interface Grant {
  readonly id: string
  readonly psu: string
  readonly scope: string
  readonly authenticatedAt: number
  revoked: string | null
}

export interface Code {
  readonly psu: string
  readonly scope: string
  readonly redirectUri: string
  readonly challenge: string
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

export interface BogState {
  /** By id. */
  consents: Record<string, Consent>
  payments: Record<string, Payment>
  authorisations: Record<string, Authorisation>
  grants: Record<string, Grant>
  /** By digest of the secret. */
  codes: Record<string, Code>
  accessTokens: Record<string, AccessToken>
  refreshTokens: Record<string, RefreshToken>
}

const fresh = (): BogState => ({
  consents: {},
  payments: {},
  authorisations: {},
  grants: {},
  codes: {},
  accessTokens: {},
  refreshTokens: {},
})

export function bogStateOf(tenant: Tenant): BogState {
  tenant.banks[bogBankId] ??= fresh()
  return tenant.banks[bogBankId] as BogState
}

export function resetBogState(tenant: Tenant): void {
  tenant.banks[bogBankId] = fresh()
}

/** The state of a tenant without making one. */
export const peekBogState = (tenant: Tenant): BogState | undefined => tenant.banks[bogBankId] as BogState | undefined
