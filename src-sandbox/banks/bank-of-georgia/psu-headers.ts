/** Reads who the TPP says its customer is. */
import type { BogCall } from './admission.ts'
import { type BogCustomer, bogCustomers, findCustomer } from './customers.ts'

export interface NamedCustomer {
  readonly customer: BogCustomer | null
  /** PSU-Corporate-ID; null where none was sent. */
  readonly company: string | null
}

/** Ends the request where the bank does not know the customer or the company, or one does not belong to the other. */
export function namedCustomer(call: BogCall): NamedCustomer {
  const id = call.header('psu-id')
  const customer = id === undefined ? null : (findCustomer(id) ?? null)
  if (id !== undefined && !customer)
    call.refuse('401-psu-credentials-invalid', { reason: 'the bank does not know this customer', path: 'PSU-ID' })
  const company = call.header('psu-corporate-id') ?? null
  if (company === null) return { customer, company }
  const path = 'PSU-Corporate-ID'
  if (!bogCustomers.some((one) => one.company === company))
    call.refuse('401-corporate-id-invalid', { reason: 'the bank does not know this company', path })
  if (customer && customer.company !== company)
    call.refuse('401-corporate-id-invalid', { reason: 'the customer has no mandate for this company', path })
  return { customer, company }
}
