/** What the simulated SpareBank 1 keeps about one tenant; plain JSON, times in milliseconds on the tenant's clock. */
import type { Tenant } from '#sandbox/state/tenants.ts'

export const sb1Id = 'sparebank1'

interface Account {
  readonly iban: string
  readonly currency?: string
}

/** The fields the bank reads itself; the others are only kept. */
export interface PaymentContent {
  readonly instructedAmount: { readonly amount: string; readonly currency: string }
  readonly creditorName: string
  readonly creditorAccount: Account
  readonly debtorAccount: Account
  readonly remittanceInformationUnstructured?: string
  readonly requestedExecutionDate?: string
  readonly [field: string]: unknown
}

export interface Decision {
  readonly psuId: string
  readonly approves: boolean
  readonly at: number
}

/** One link to the bank's page. */
export interface Challenge {
  /** Stands in the link. */
  readonly state: string
  readonly sessionId: string | null
  /** Whom the TPP named; null where the bank has to ask. */
  readonly psuId: string | null
  readonly content: PaymentContent
  readonly redirectUri: string | null
  readonly handedOutAt: number
  /** The payment that exists already and waits for the customer (single SCA). */
  readonly payment: string | null
  openedAt: number | null
  decision: Decision | null
}

export interface Payment {
  readonly id: string
  readonly content: PaymentContent
  /** In hundredths of the debtor account's currency, fee included. */
  readonly debit: number
  readonly takenAt: number
  /** Null while the customer has not authorised (single SCA). */
  decision: Decision | null
}

export interface Sb1State {
  /** By their state. */
  challenges: Record<string, Challenge>
  payments: Record<string, Payment>
  /** X-Request-IDs met lately. */
  requestIds: string[]
  /** When the latest requests came. */
  requests: number[]
}

const fresh = (): Sb1State => ({ challenges: {}, payments: {}, requestIds: [], requests: [] })

export function sb1StateOf(tenant: Tenant): Sb1State {
  tenant.banks[sb1Id] ??= fresh()
  return tenant.banks[sb1Id] as Sb1State
}

/** Looks without leaving an empty state behind. */
export const challengesOf = (tenant: Tenant): Sb1State['challenges'] =>
  (tenant.banks[sb1Id] as Sb1State | undefined)?.challenges ?? {}

export function resetSb1State(tenant: Tenant): void {
  tenant.banks[sb1Id] = fresh()
}

const mostKept = 500

/** Adds to a record that forgets its oldest entry when it is full. */
export function keep<Value>(record: Record<string, Value>, key: string, value: Value): void {
  const [oldest, ...others] = Object.keys(record)
  if (oldest !== undefined && others.length + 1 >= mostKept) delete record[oldest]
  record[key] = value
}
