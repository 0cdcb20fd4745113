/** What a fault says about one field of a form, and whether it is about a field at all. */
import type { Fault } from '#shared/fault.ts'

function fieldOf(fault: Fault | null): string {
  const field = fault?.details.field
  return typeof field === 'string' ? field.split('.')[0]! : ''
}

/** The sentence to stand below the field; null when the fault is about something else. */
export function fieldProblem(fault: Fault | null, field: string): string | null {
  if (fault === null || fieldOf(fault) !== field) return null
  // The engine puts the field's name first where the contract refused the value; here the label says it.
  return fault.message.replace(new RegExp(`^${field}(\\.\\d+)?: `), '')
}

/** The fault where none of the form's fields shows it. */
export const otherThanFields = (fault: Fault | null, fields: readonly string[]): Fault | null =>
  fault !== null && fields.includes(fieldOf(fault)) ? null : fault
