/** Accounts, balances and transactions out of a bank's answers, found where its profile says they stand. */
import type { AccountProfile, Places, TransactionsProfile } from '#shared/account-profile.ts'
import { isObject, type Json, partsOfPointer, valueAt } from '../forms/json-value.ts'

export interface Account {
  readonly id: string
  readonly iban: string
  readonly name: string
  readonly currency: string
  readonly owner: string
  readonly product: string
  readonly status: string
  /** What the consent covers, as the links of the answer say; null where it has no such links. */
  readonly covers: { readonly balances: boolean; readonly transactions: boolean } | null
}

export interface Balance {
  readonly type: string
  readonly amount: string
  readonly currency: string
  readonly date: string
}

export type TransactionList = keyof TransactionsProfile['lists']

export interface Transaction {
  /** Unique in the window: ids of a bank may stand twice. */
  readonly key: string
  /** The bank's; null where it gives none. */
  readonly id: string | null
  readonly list: TransactionList
  /** As the bank writes them; empty where it gives none. */
  readonly bookingDate: string
  readonly valueDate: string
  /** As sent. */
  readonly amount: string
  /** Decimal text with the sign that says whether money left. */
  readonly signed: string
  readonly currency: string
  /** Who is at the other end. */
  readonly party: string
  readonly partyAccount: string
  readonly text: string
  /** Its part of the answer, as it was written. */
  readonly raw: string
  /** Id of the exchange it came with. */
  readonly exchange: string
}

/** Pointers taken apart once: a hundred thousand entries are read by the same ten. */
const taken = new Map<string, readonly string[]>()

function memberAt(value: Json, place: string): Json | undefined {
  const parts = taken.get(place) ?? partsOfPointer(place)
  taken.set(place, parts)
  let found: Json | undefined = value
  for (const part of parts) {
    if (Array.isArray(found)) found = (found as readonly Json[])[Number(part)]
    else if (isObject(found) && Object.hasOwn(found, part)) found = found[part]
    else return undefined
  }
  return found
}

function textAt(value: Json, places: Places | undefined): string {
  if (places === undefined) return ''
  for (const place of typeof places === 'string' ? [places] : places) {
    const found = memberAt(value, place)
    if (typeof found === 'string') return found
    if (typeof found === 'number' || typeof found === 'boolean') return String(found)
  }
  return ''
}

const entriesAt = (answer: Json, place: string): readonly Json[] => {
  const found = valueAt(answer, place)
  return Array.isArray(found) ? (found as readonly Json[]).filter(isObject) : []
}

function coverOf(entry: Json, links: AccountProfile['links']): Account['covers'] {
  if (links === undefined) return null
  const has = (place: string | undefined) => place === undefined || valueAt(entry, place) !== undefined
  return { balances: has(links.balances), transactions: has(links.transactions) }
}

/** One entry of the list. */
export function accountOf({ members, links }: AccountProfile, entry: Json): Account {
  return {
    id: textAt(entry, members.id),
    iban: textAt(entry, members.iban),
    name: textAt(entry, members.name),
    currency: textAt(entry, members.currency),
    owner: textAt(entry, members.owner),
    product: textAt(entry, members.product),
    status: textAt(entry, members.status),
    covers: coverOf(entry, links),
  }
}

/** Accounts without an id are left out: nothing could be asked of them. */
export const accountsOf = (profile: AccountProfile, answer: Json): readonly Account[] =>
  entriesAt(answer, profile.list.items)
    .map((entry) => accountOf(profile, entry))
    .filter(({ id }) => id !== '')

export function balancesOf({ balances }: AccountProfile, answer: Json): readonly Balance[] {
  if (balances === undefined) return []
  const { type, amount, currency, date } = balances.members
  return entriesAt(answer, balances.items).map((entry) => ({
    type: textAt(entry, type),
    amount: textAt(entry, amount),
    currency: textAt(entry, currency),
    date: textAt(entry, date),
  }))
}

/** `closingBooked` as a person reads it: `Closing booked`. */
export function wordsOfType(type: string): string {
  const words = type.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase()
}

const unsigned = (amount: string): string => amount.trim().replace(/^[+-]/, '')

/** Where the bank's signs say nothing, a named creditor means that money left the account. */
function signedAmount(amount: string, direction: TransactionsProfile['direction'], creditor: string, debtor: string) {
  const given = amount.trim().replace(/^\+/, '')
  if (direction === 'sign' || (creditor === '') === (debtor === '')) return given
  return creditor === '' ? unsigned(given) : `-${unsigned(given)}`
}

export interface Origin {
  readonly exchange: string
  readonly raw: string
}

let made = 0
/** Short: keys are compared a hundred thousand at a time. */
const nextKey = (): string => {
  made += 1
  return made.toString(36)
}

export function transactionOf(
  { members, direction }: TransactionsProfile,
  list: TransactionList,
  entry: Json,
  { exchange, raw }: Origin,
): Transaction {
  const amount = textAt(entry, members.amount)
  const [creditor, debtor] = [textAt(entry, members.creditor), textAt(entry, members.debtor)]
  const signed = signedAmount(amount, direction, creditor, debtor)
  const left = signed.startsWith('-')
  const accounts = [textAt(entry, members.creditorAccount), textAt(entry, members.debtorAccount)]
  const [partyAccount = ''] = left ? accounts : accounts.toReversed()
  const id = textAt(entry, members.id)
  return {
    key: nextKey(),
    id: id === '' ? null : id,
    list,
    bookingDate: textAt(entry, members.bookingDate),
    valueDate: textAt(entry, members.valueDate),
    amount,
    signed,
    currency: textAt(entry, members.currency),
    party: (left ? creditor : debtor) || creditor || debtor,
    partyAccount,
    text: textAt(entry, members.text),
    raw,
    exchange,
  }
}
