/** What a consent lets the TPP see, account by account: read off the schema's shape, written into the document. */
import type { Field } from '../forms/form-fields.ts'
import { isObject, type Json, type JsonObject, pointerTo, valueAt, withValue } from '../forms/json-value.ts'

/** A list of accounts, such as those whose balances may be read; or a word that stands for all accounts. */
export interface Right {
  readonly name: string
  readonly label: string
  readonly place: string
  readonly description: string
}

export interface AccessShape {
  /** JSON pointer of the object that holds them. */
  readonly place: string
  readonly label: string
  /** One list of accounts each. */
  readonly rights: readonly Right[]
  /** Words instead of lists, with the values the schema allows. */
  readonly words: readonly (Right & { readonly values: readonly string[] })[]
}

const rightOf = ({ name, label, place, description }: Field): Right => ({ name, label, place, description })

/** Accounts are told by their IBAN, whatever other numbers the schema allows besides. */
const listsAccounts = ({ kind, itemAt }: Field): boolean =>
  kind === 'list' && (itemAt?.(0).fields.some(({ name }) => name === 'iban') ?? false)

/** null where a consent is for no lists of accounts: then its form is the schema's. */
export function accessShapeIn(fields: readonly Field[]): AccessShape | null {
  const field = fields.find(({ kind, fields: inner }) => kind === 'group' && inner.some(listsAccounts))
  if (field === undefined) return null
  return {
    place: field.place,
    label: field.label,
    rights: field.fields.filter(listsAccounts).map(rightOf),
    words: field.fields
      .filter(({ kind }) => kind === 'choice')
      .map((each) => ({ ...rightOf(each), values: each.values })),
  }
}

const keyOf = (account: Json): string => JSON.stringify(account)
const listAt = (document: Json, place: string): readonly Json[] => {
  const value = valueAt(document, place)
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

/** Every account that stands in one of the lists, once. */
export function accountsIn(document: Json, { rights }: AccessShape): readonly Json[] {
  const all = rights.flatMap(({ place }) => listAt(document, place))
  return all.filter((account, at) => all.findIndex((other) => keyOf(other) === keyOf(account)) === at)
}

export const hasRight = (document: Json, { place }: Right, account: Json): boolean =>
  listAt(document, place).some((other) => keyOf(other) === keyOf(account))

/** A list that becomes empty is taken out: an empty one asks for every account at some banks. */
export function withRight(document: Json, { place }: Right, account: Json, wanted: boolean): Json {
  const others = listAt(document, place).filter((other) => keyOf(other) !== keyOf(account))
  const next = wanted ? [...others, account] : others
  return withValue(document, place, next.length === 0 ? undefined : next)
}

export const withAccount = (document: Json, shape: AccessShape, account: Json): Json =>
  shape.rights.reduce((result, right) => withRight(result, right, account, true), document)

export const withoutAccount = (document: Json, shape: AccessShape, account: Json): Json =>
  shape.rights.reduce((result, right) => withRight(result, right, account, false), document)

/** The word that stands instead of lists; null where there are lists, or nothing yet. */
export function wordIn(
  document: Json,
  { words }: AccessShape,
): { readonly name: string; readonly value: string } | null {
  for (const { name, place } of words) {
    const value = valueAt(document, place)
    if (typeof value === 'string') return { name, value }
  }
  return null
}

/** Lists and words exclude each other: what stood there goes. */
export function withWord(document: Json, { place }: AccessShape, name: string | null, value = ''): Json {
  const access: JsonObject = name === null ? {} : { [name]: value }
  return withValue(document, place, access)
}

/** `GE29…` for one known by its IBAN, else its number of another kind with the name of that kind. */
export function accountName(account: Json): string {
  if (!isObject(account)) return keyOf(account)
  const { iban, currency, ...others } = account
  const money = typeof currency === 'string' ? ` ${currency}` : ''
  if (typeof iban === 'string') return `${iban}${money}`
  const [first] = Object.entries(others)
  return first === undefined
    ? 'an account without a number'
    : `${first[0]} ${typeof first[1] === 'string' ? first[1] : JSON.stringify(first[1])}${money}`
}

/** IBANs anywhere in a document, in their order. */
export function ibansIn(value: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const each of value as unknown[]) ibansIn(each, found)
  else if (isObject(value))
    for (const [name, member] of Object.entries(value))
      if (name === 'iban' && typeof member === 'string') found.add(member)
      else ibansIn(member, found)
  return found
}

/** The pointer of one account in a list: where the bank's rules speak of it. */
export const placeOfAccount = (document: Json, right: Right, account: Json): string =>
  pointerTo(
    right.place,
    listAt(document, right.place).findIndex((other) => keyOf(other) === keyOf(account)),
  )
