/** The transactions that were read of an account: page after page, one call at a time, until all are there or somebody says stop. */
import { create } from 'zustand'
import type { TransactionsProfile } from '#shared/account-profile.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import type { Json } from '../forms/json-value.ts'
import { cancelSending, sendDraft } from '../forms/sending.ts'
import { grants } from '../live-data.ts'
import { jsonEntries } from './json-entries.ts'
import { noteLatestCall } from './latest-call.ts'
import { type NextPage, nextPage } from './next-page.ts'
import { type Transaction, type TransactionList, transactionOf } from './read-account.ts'
import { inSlices } from './slices.ts'
import { wholeBody } from './whole-body.ts'

/** What was asked for; another question begins a new list. */
export interface Question {
  /** Name of what is read with this grant. */
  readonly book: string
  readonly profile: TransactionsProfile
  /** Index of the call among the profile's. */
  readonly way: number
  /** Path of its operation, with `{name}` for each parameter. */
  readonly template: string
  /** The call for a page: what the page adds, or its own path. */
  readonly draft: (parameters: Readonly<Record<string, string>>, path?: string) => DraftInput
  /** In words, for the person. */
  readonly words: string
}

export interface Shelf {
  readonly question: Question | null
  readonly rows: readonly Transaction[]
  readonly pages: number
  /** null: the last page is here. */
  readonly next: NextPage | null
  readonly loading: 'page' | 'all' | null
  /** Bytes of a large answer that are here, and all of them. */
  readonly bytes: readonly [loaded: number, size: number] | null
  readonly cancelled: boolean
  readonly fault: Fault | null
}

const nothing: Shelf = {
  question: null,
  rows: [],
  pages: 0,
  next: null,
  loading: null,
  bytes: null,
  cancelled: false,
  fault: null,
}
const useShelves = create<Readonly<Record<string, Shelf>>>(() => ({}))
const running = new Map<string, AbortController>()

export const useShelf = (name: string): Shelf => useShelves()[name] ?? nothing
const shelfOf = (name: string): Shelf => useShelves.getState()[name] ?? nothing
const change = (name: string, part: Partial<Shelf>): void =>
  useShelves.setState((shelves) => ({ [name]: { ...nothing, ...shelves[name], ...part } }))

interface Page {
  readonly rows: readonly Transaction[]
  readonly rest: Json
}

/** Rows in sight before the rest of a large answer is read. */
const firstScreen = 200

function* readPage(
  question: Question,
  exchange: Exchange,
  text: string,
  onFirst: (rows: readonly Transaction[]) => void,
): Generator<void, Page> {
  const { profile } = question
  const lists = new Map<string, TransactionList>()
  for (const [list, place] of Object.entries(profile.lists))
    if (place !== undefined) lists.set(place, list as TransactionList)
  const rows: Transaction[] = []
  const entries = jsonEntries(text, [...lists.keys()])
  for (;;) {
    const step = entries.next()
    if (step.done === true) return { rows, rest: step.value }
    const { list, value, text: raw } = step.value
    rows.push(transactionOf(profile, lists.get(list)!, value, { exchange: exchange.id, raw }))
    if (rows.length === firstScreen) onFirst([...rows])
    if (rows.length % 16 === 0) yield
  }
}

/** Whether a page came. What did not is said by the sending of this name, or by the shelf's fault. */
async function loadPage(name: string, question: Question, signal: AbortSignal): Promise<boolean> {
  const { next, pages, rows: before } = shelfOf(name)
  const first = pages === 0
  if (!first && (next === null || 'refused' in next)) return false
  const draft =
    first || next === null || 'refused' in next
      ? question.draft({})
      : 'path' in next
        ? question.draft({}, next.path)
        : question.draft(next.parameters)
  const exchange = await sendDraft(name, draft)
  noteLatestCall(question.book, name)
  void grants.refresh()
  if (exchange === null || !succeeded(exchange) || signal.aborted) return false
  const text = await wholeBody(exchange, signal, (loaded, size) => change(name, { bytes: [loaded, size] }))
  performance.mark('transactions-here')
  const page = await inSlices(
    readPage(question, exchange, text, (some) => change(name, { rows: [...before, ...some] })),
    signal,
  )
  if (page === null) {
    change(name, { rows: before })
    return false
  }
  const after = nextPage(question.profile.ways[question.way]?.paging, {
    answer: page.rest,
    entries: page.rows.length,
    pages: pages + 1,
    url: exchange.request.url,
    template: question.template,
  })
  const again = after !== null && next !== null && JSON.stringify(after) === JSON.stringify(next)
  change(name, {
    rows: [...before, ...page.rows],
    pages: pages + 1,
    next: again ? { refused: 'The bank names the same page as the next one again.' } : after,
    bytes: null,
  })
  return true
}

async function run(name: string, how: 'page' | 'all', question: Question): Promise<void> {
  if (running.has(name)) return
  const mine = new AbortController()
  running.set(name, mine)
  change(name, { loading: how, cancelled: false, fault: null })
  try {
    while (await loadPage(name, question, mine.signal)) {
      const { next } = shelfOf(name)
      if (how === 'page' || next === null || 'refused' in next || mine.signal.aborted) break
    }
  } catch (error) {
    if (!mine.signal.aborted)
      change(name, {
        fault: error instanceof SyntaxError ? new Fault('DATA_DAMAGED', error.message) : (error as Fault),
      })
  } finally {
    running.delete(name)
    change(name, { loading: null, bytes: null, cancelled: mine.signal.aborted })
  }
}

/**
 * Asks anew; where nothing comes, what was there before is there again.
 * @param once only where nothing was asked before
 */
export async function askTransactions(name: string, question: Question, { once = false } = {}): Promise<void> {
  const before = shelfOf(name)
  if (running.has(name) || (once && before.pages > 0)) return
  change(name, { ...nothing, question })
  await run(name, 'page', question)
  // Nothing came: the former answer is worth more than an empty table.
  if (shelfOf(name).pages === 0 && before.pages > 0) {
    const { fault, cancelled } = shelfOf(name)
    change(name, { ...before, fault, cancelled })
  }
}

export async function morePages(name: string, how: 'page' | 'all'): Promise<void> {
  const { question } = shelfOf(name)
  if (question !== null) await run(name, how, question)
}

/** What is here stays, and loading can go on from there. */
export function stopLoading(name: string): void {
  running.get(name)?.abort()
  void cancelSending(name)
}
