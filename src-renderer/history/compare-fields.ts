/** Lays the fields of two exchanges side by side, the same ones and those that differ. */
import type { Difference } from '#shared/contract/history.ts'
import { jsonFields } from './json-fields.ts'

export interface ComparedField {
  readonly name: string
  /** null: there is none on this side. */
  readonly a: string | null
  readonly b: string | null
  readonly differs: boolean
}

export type Field = readonly [name: string, value: string | null]

const compared = (name: string, a: string | null, b: string | null): ComparedField => ({ name, a, b, differs: a !== b })

/** In the order of `a`, then what only `b` has. Without a value on either side a field is left out. */
export function compareFields(a: readonly Field[], b: readonly Field[]): readonly ComparedField[] {
  const [left, right] = [new Map(a), new Map(b)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((name) => compared(name, left.get(name) ?? null, right.get(name) ?? null))
    .filter((field) => field.a !== null || field.b !== null)
}

/** By lower-case name; a repeated field counts as one list (RFC 9110 section 5.3). */
export function headerFields(headers: readonly (readonly [string, string])[]): readonly Field[] {
  const fields = new Map<string, string>()
  for (const [name, value] of headers) {
    const known = fields.get(name.toLowerCase())
    fields.set(name.toLowerCase(), known === undefined ? value : `${known}, ${value}`)
  }
  return [...fields]
}

/** Fields of one body that are listed with those that differ. */
const mostFields = 2000
/** Characters above which only what differs is listed. */
const wholeUpTo = 500_000

const parentOf = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf('/') + 1)

/** Whether the difference is at the pointer or above it. */
const covers = (difference: string, pointer: string): boolean =>
  pointer === difference || pointer.startsWith(`${difference}/`)

/**
 * @param differences of this body, as the engine found them.
 * @returns fields in the order of `a`; those only `b` has stand behind their neighbours.
 */
export function compareBodies(
  a: string | null,
  b: string | null,
  differences: readonly Difference[],
): readonly ComparedField[] {
  const fields = a === null || a.length > wholeUpTo ? null : jsonFields(a, mostFields)
  const open = new Map(differences.map((each) => [each.name, each]))
  const told: ComparedField[] = []
  const tell = ({ name, a: left, b: right }: Difference) => {
    open.delete(name)
    told.push({ name, a: left, b: right, differs: true })
  }
  for (const [pointer, value] of fields ?? []) {
    const difference = differences.find(({ name }) => covers(name, pointer))
    if (difference === undefined) told.push(compared(pointer, value, value))
    else if (open.has(difference.name)) tell(difference)
  }
  for (const difference of open.values()) {
    const parent = parentOf(difference.name)
    const at = told.findLastIndex(({ name }) => name.startsWith(parent))
    told.splice(at < 0 ? told.length : at + 1, 0, {
      name: difference.name,
      a: difference.a,
      b: difference.b,
      differs: true,
    })
  }
  // A body that is no JSON, and the same on both sides.
  if (told.length === 0 && a !== null && a !== '' && a.length <= wholeUpTo) return [compared('', a, b)]
  return told
}
