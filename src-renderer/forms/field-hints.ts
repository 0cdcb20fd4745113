/** What a form says at a field besides the document's own description: digits of a currency, check digits, limits of a date. */
import type { OperationDetail } from '#shared/contract/banks.ts'
import { currencyDigits } from '#shared/currency-digits.ts'
import { ibanProblem } from '#shared/iban.ts'
import type { Field } from './form-fields.ts'
import { type Json, partsOfPointer, valueAt } from './json-value.ts'

type Rules = OperationDetail['rules']

/** Whether a rule's pointer, in which `*` stands for every item, means the place. */
export function meansPlace(pointer: string, place: string): boolean {
  const [wanted, given] = [partsOfPointer(pointer), partsOfPointer(place)]
  return wanted.length === given.length && wanted.every((part, at) => part === '*' || part === given[at])
}

function dateHints(place: string, rules: Rules): string[] {
  return rules.flatMap((rule) => {
    if (rule.rule === 'date-in-past' && rule.at.some((each) => meansPlace(each, place)))
      return [`Today or later, by the bank’s clock (${rule.zone}).`]
    if (rule.rule === 'period-reversed' && rule.in === 'body' && meansPlace(rule.to, place))
      return ['Not before the first day.']
    return []
  })
}

function amountHint(place: string, document: Json): string[] {
  const currency = valueAt(document, place.replace(/\/[^/]*$/, '/currency'))
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return []
  const digits = currencyDigits(currency)
  return [digits === 0 ? `${currency} has no decimals (ISO 4217).` : `${currency} has ${digits} decimals (ISO 4217).`]
}

const isAmount = ({ name, kind }: Field): boolean => kind === 'text' && name === 'amount'

/** Sentences below the field. */
export function hintsFor(field: Field, document: Json, rules: Rules): readonly string[] {
  const own = field.description === '' ? [] : [field.description]
  if (field.kind === 'date') return [...own, ...dateHints(field.place, rules)]
  return isAmount(field) ? [...own, ...amountHint(field.place, document)] : own
}

/** What is doubtful about the value although the bank’s rules may not mention it. */
export function doubtOf({ name, kind }: Field, value: Json | undefined): string | null {
  if (kind !== 'text' || typeof value !== 'string' || value === '') return null
  if (name.toLowerCase() !== 'iban') return null
  const problem = ibanProblem(value)
  return problem === null ? null : `This ${problem} (ISO 13616). Compare it with where it came from.`
}
