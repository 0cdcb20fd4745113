/** What was asked for beside what the bank gave, member by member of the body that asked. */
import { labelOf } from '../forms/form-fields.ts'
import { isObject } from '../forms/json-value.ts'

export interface Adjustment {
  readonly name: string
  readonly label: string
  readonly asked: string
  readonly given: string
  /** The bank gave something else than was asked for. */
  readonly adjusted: boolean
}

type Document = Readonly<Record<string, unknown>>

/** The same value, whatever order its members stand in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map(canonical)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, canonical(member)]),
  )
}

/** A value as a person reads it: accounts by their numbers, lists with commas. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return (value as unknown[]).map(shown).join(', ')
  if (!isObject(value)) return typeof value === 'string' ? value : JSON.stringify(value)
  const members = Object.entries(value)
  const texts = members.flatMap(([, member]) => (typeof member === 'string' ? [member] : []))
  if (texts.length === members.length) return texts.join(' ')
  return members.map(([name, member]) => `${labelOf(name).toLowerCase()}: ${shown(member)}`).join(' · ')
}

/** Members the answer does not have say nothing: not every bank gives back all of them. */
export function adjustments(asked: Document, given: Document): readonly Adjustment[] {
  return Object.entries(asked)
    .filter(([name]) => Object.hasOwn(given, name))
    .map(([name, value]) => ({
      name,
      label: labelOf(name),
      asked: shown(value),
      given: shown(given[name]),
      adjusted: JSON.stringify(canonical(value)) !== JSON.stringify(canonical(given[name])),
    }))
}
