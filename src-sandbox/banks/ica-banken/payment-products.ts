/** The payment products, and which fields of a payment belong to each. */
import type { PaymentContent } from './ica-state.ts'

const everyProduct = [
  'debtorAccount',
  'instructedAmount',
  'creditorAccount',
  'creditorName',
  'remittanceInformationUnstructured',
]

const singleFields: Readonly<Record<string, readonly string[]>> = {
  'domestic-credit-transfers': [...everyProduct, 'requestedExecutionDate'],
  bankgiro: [...everyProduct, 'requestedExecutionDate'],
  plusgiro: [...everyProduct, 'requestedExecutionDate'],
  'cross-border-credit-transfers': [...everyProduct, 'requestedExecutionDate', 'creditorAddress', 'creditorAgent'],
}

/** Bankgiro, Plusgiro and payments abroad cannot recur. */
const periodicFields: Readonly<Record<string, readonly string[]>> = {
  'domestic-credit-transfers': [
    ...everyProduct,
    'startDate',
    'endDate',
    'frequency',
    'executionRule',
    'dayOfExecution',
  ],
}

export type PaymentKind = 'single' | 'periodic'

/** Undefined for a product that does not exist for this kind of payment. */
export const fieldsOfProduct = (kind: PaymentKind, product: string): readonly string[] | undefined => {
  const table = kind === 'single' ? singleFields : periodicFields
  return Object.hasOwn(table, product) ? table[product] : undefined
}

export const pathOfKind: Readonly<Record<PaymentKind, { segment: string; status: string }>> = {
  single: { segment: 'Payments', status: 'status' },
  periodic: { segment: 'PeriodicPayments', status: 'Status' },
}

/** The content, reduced to what the product knows; the fields the bank reads itself belong to every product. */
export function strip(content: PaymentContent, fields: readonly string[]): PaymentContent {
  return Object.fromEntries(Object.entries(content).filter(([name]) => fields.includes(name))) as PaymentContent
}
