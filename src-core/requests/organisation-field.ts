/** Where a registration names the organisation. */
import type { Bank } from '../banks/bank.ts'

/** Field of the registration's body; null where the bank has no registration or asks for none. */
export function organisationField(bank: Bank): string | null {
  const fields = Object.entries(bank.profile.registration?.body ?? {})
  return fields.find(([, recipe]) => recipe === 'organisation-identifier')?.[0] ?? null
}
