/** What people tell payments apart by, amount and payee, out of the body that created each; as far as history still has it. */
import { isObject, type Json } from '../forms/json-value.ts'

/** The objects of a document, the outer ones first. */
function* objectsIn(document: Json): Generator<{ readonly [name: string]: Json }> {
  const waiting: Json[] = [document]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (Array.isArray(next)) waiting.push(...(next as readonly Json[]))
    if (!isObject(next)) continue
    yield next
    waiting.push(...Object.values(next))
  }
}

const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null

/** `12.00 SEK` of an amount as ISO 20022 and the Berlin Group write it: an object with amount and currency. */
function amountOf(each: { readonly [name: string]: Json }): string | null {
  const [amount, currency] = [textOf(each.amount), textOf(each.currency)]
  return amount === null || currency === null ? null : `${amount} ${currency}`
}

const payeeOf = (each: { readonly [name: string]: Json }): string | null =>
  textOf(each.creditorName) ?? (isObject(each.creditor) ? textOf(each.creditor.name) : null)

/** @returns null when it names neither. Of several payments in one, how many. */
export function askedFor(document: Json): string | null {
  const objects = [...objectsIn(document)]
  const several = objects
    .flatMap((each) => Object.values(each))
    .find(
      (value) => Array.isArray(value) && value.length > 1 && value.every((entry) => askedFor(entry as Json) !== null),
    )
  if (Array.isArray(several)) return `${several.length} payments`
  const known = [objects.map(amountOf), objects.map(payeeOf)]
    .map((found) => found.find((each) => each !== null))
    .filter((each) => each !== undefined)
  return known.length === 0 ? null : known.join(' · ')
}
