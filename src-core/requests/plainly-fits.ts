/** Sees at a glance that a parameter's value fits a plain schema, so that most calls never load the schema compiler. */
import { isIPv4, isIPv6 } from 'node:net'
import type { JsonSchema } from '../banks/bank.ts'

/** Says yes only where the compiler would; `value` is a text, a number or a boolean. */
type Rule = (value: unknown, wanted: unknown) => boolean

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
}

const formats: Readonly<Record<string, RegExp | ((text: string) => boolean)>> = {
  uuid: /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i,
  ipv4: isIPv4,
  // A zone is none of the format's business (RFC 4291 section 2.2 has none).
  ipv6: (text) => isIPv6(text) && !text.includes('%'),
}

function hasFormat(value: unknown, format: unknown): boolean {
  const known = Object.hasOwn(formats, String(format)) ? formats[String(format)] : undefined
  if (typeof value !== 'string' || known === undefined) return false
  return typeof known === 'function' ? known(value) : known.test(value)
}

/** As JSON Schema counts: characters, not UTF-16 units. */
const length = (value: unknown): number => (typeof value === 'string' ? [...value].length : Number.NaN)
const isOneOf = (value: unknown, wanted: unknown): boolean => Array.isArray(wanted) && wanted.includes(value)

/** A pattern that is none is for the compiler to complain of. */
function matches(value: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value)
  } catch {
    return false
  }
}

const rules: Readonly<Record<string, Rule>> = {
  type: (value, wanted) => [wanted].flat().some((type) => types[String(type)]?.(value) === true),
  enum: isOneOf,
  const: (value, wanted) => value === wanted,
  minLength: (value, wanted) => length(value) >= Number(wanted),
  maxLength: (value, wanted) => length(value) <= Number(wanted),
  minimum: (value, wanted) => typeof value === 'number' && value >= Number(wanted),
  maximum: (value, wanted) => typeof value === 'number' && value <= Number(wanted),
  pattern: (value, wanted) => typeof value === 'string' && matches(value, String(wanted)),
  format: hasFormat,
}

/** Keywords that say nothing about a value. */
const annotations = new Set(['description', 'title', 'example', 'examples', 'default', 'deprecated'])

/** False: it does not fit, or it takes the compiler to know. References are not followed. */
export function plainlyFits(schema: JsonSchema, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, wanted]) => {
    if (annotations.has(keyword) || keyword.startsWith('x-')) return true
    if (keyword === 'anyOf') return Array.isArray(wanted) && wanted.some((each: JsonSchema) => plainlyFits(each, value))
    const rule = Object.hasOwn(rules, keyword) ? rules[keyword] : undefined
    return rule?.(value, wanted) === true
  })
}
