/** What was read of customers' accounts, by grant: it stays while the window is open, and a failed call takes nothing of it away. */
import { create } from 'zustand'
import type { AccountProfile } from '#shared/account-profile.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import type { Json } from '../forms/json-value.ts'
import { sendDraft } from '../forms/sending.ts'
import { grants } from '../live-data.ts'
import { noteLatestCall } from './latest-call.ts'
import { type Account, accountsOf, type Balance, balancesOf } from './read-account.ts'
import { wholeBody } from './whole-body.ts'

export interface Book {
  readonly accounts: readonly Account[] | null
  /** Why the last answer could not be read. */
  readonly unreadable: string | null
  readonly balances: Readonly<Record<string, readonly Balance[]>>
  /** What a call about one account said of it, as JSON, by its id. */
  readonly details: Readonly<Record<string, Json>>
}

const nothing: Book = { accounts: null, unreadable: null, balances: {}, details: {} }
const useBooks = create<Readonly<Record<string, Book>>>(() => ({}))

export const useBook = (name: string): Book => useBooks()[name] ?? nothing

const change = (name: string, make: (book: Book) => Partial<Book>): void =>
  useBooks.setState((books) => {
    const book = books[name] ?? nothing
    return { [name]: { ...book, ...make(book) } }
  })

/** Names of the calls of a book, under which their state is met. */
export const callNames = {
  list: (book: string) => `${book} accounts`,
  details: (book: string, account: string) => `${book} details ${account}`,
  balances: (book: string, account: string) => `${book} balances ${account}`,
  transactions: (book: string, account: string) => `${book} transactions ${account}`,
  transaction: (book: string, key: string) => `${book} transaction ${key}`,
}

/** @returns the answer's JSON; null where it failed or is none, which the exchange and the book say */
async function ask(
  book: string,
  name: string,
  draft: DraftInput,
): Promise<{ exchange: Exchange; answer: Json } | null> {
  const exchange = await sendDraft(name, draft)
  noteLatestCall(book, name)
  // What a call without the customer counted stands in the grant.
  void grants.refresh()
  if (exchange === null || exchange.response === null || !succeeded(exchange)) return null
  try {
    const text = await wholeBody(exchange, new AbortController().signal, () => {})
    const answer = JSON.parse(text) as Json
    change(book, () => ({ unreadable: null }))
    return { exchange, answer }
  } catch (error) {
    const why =
      error instanceof SyntaxError ? `is no JSON: ${error.message}` : `could not be read: ${(error as Error).message}`
    change(book, () => ({ unreadable: `The answer to ${exchange.operation} ${why}` }))
    return null
  }
}

export async function readAccounts(book: string, profile: AccountProfile, draft: DraftInput): Promise<void> {
  const asked = await ask(book, callNames.list(book), draft)
  if (asked !== null) change(book, () => ({ accounts: accountsOf(profile, asked.answer) }))
}

export async function readBalances(book: string, account: string, profile: AccountProfile, draft: DraftInput) {
  const asked = await ask(book, callNames.balances(book, account), draft)
  if (asked === null) return
  change(book, ({ balances }) => ({ balances: { ...balances, [account]: balancesOf(profile, asked.answer) } }))
}

export async function readDetails(book: string, account: string, draft: DraftInput): Promise<void> {
  const asked = await ask(book, callNames.details(book, account), draft)
  if (asked !== null) change(book, ({ details }) => ({ details: { ...details, [account]: asked.answer } }))
}

/** One transaction, read by a call of its own, by the key of its row. */
export async function readTransaction(book: string, key: string, draft: DraftInput): Promise<void> {
  const asked = await ask(book, callNames.transaction(book, key), draft)
  if (asked !== null) change(book, ({ details }) => ({ details: { ...details, [key]: asked.answer } }))
}
