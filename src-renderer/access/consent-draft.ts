/** A consent as it is asked for before anybody typed: what the bank's data knows of it filled in, the rest left to the person. */
import type { BankDetail, BankView, OperationDetail } from '#shared/contract/banks.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import type { Field } from '../forms/form-fields.ts'
import type { Json } from '../forms/json-value.ts'
import { sandboxCustomerAddress } from '../presence.ts'
import { localDate } from '../ui/local-time.ts'

/** Days a consent is asked for: the ninety after which customers are to be asked anew. */
const usualDays = 90
const day = 86_400_000

/** Of the Berlin Group's framework, as its banks name it: the customer is sent to a page and not asked in the TPP's. */
const redirectPreferred = 'tpp-redirect-preferred'

/** The last day of so many, as a date of this machine. @param now milliseconds since 1970 */
export const dayAfter = (days: number, now: number): string => localDate(now + days * day)

/** What a resource's limits are called where they stand in the creation's body: `validUntil` or `/validUntil`. */
const nameOf = (limit: string | undefined): string | undefined => limit?.replace(/^\//, '')

function valueFor(field: Field, { limits }: ResourceProfile, perDay: number, now: number): Json | undefined {
  if (field.name === nameOf(limits.recurring)) return true
  if (field.name === nameOf(limits.validUntil)) return dayAfter(usualDays, now)
  if (field.name === nameOf(limits.frequencyPerDay)) return perDay
  return field.required && field.kind === 'boolean' ? false : undefined
}

/** @param now milliseconds since 1970 */
export function firstBody(
  fields: readonly Field[],
  profile: ResourceProfile,
  { unattended }: Pick<BankDetail, 'unattended'>,
  now: number,
): string {
  const members = fields.flatMap((field) => {
    const value = valueFor(field, profile, unattended?.perDay ?? 1, now)
    return value === undefined ? [] : [[field.name, value] as const]
  })
  return JSON.stringify(Object.fromEntries(members), null, 2)
}

/** Headers in sight although the bank does not ask for them: how the customer is led to the bank and back. */
export const frontHeaders = ({ returnHeader }: BankDetail): readonly string[] =>
  returnHeader === null ? [redirectPreferred] : [returnHeader, redirectPreferred]

/** @param returnTo where this machine listens for the customer; null until it is known */
export function firstParameters(
  detail: OperationDetail,
  bank: BankDetail,
  environment: BankView['environments'][number],
  returnTo: string | null,
): Readonly<Record<string, string>> {
  const given = detail.parameters.flatMap(({ name }): [string, string][] => {
    if (name === bank.returnHeader && returnTo !== null) return [[name, returnTo]]
    if (name.toLowerCase() === redirectPreferred) return [[name, 'true']]
    // At a real bank the customer's address is the customer's: nobody else's is put in its place.
    if (name === (bank.unattended?.presentHeader ?? 'PSU-IP-Address') && environment.kind === 'local-sandbox')
      return [[name, sandboxCustomerAddress]]
    return []
  })
  return Object.fromEntries(given)
}
