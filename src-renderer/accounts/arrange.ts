/** Filters and sorts transactions without holding up the window, and adds up what is left. */
import { currencyDigits } from '#shared/currency-digits.ts'
import { decimalText, scaled } from './decimal.ts'
import type { Transaction, TransactionList } from './read-account.ts'

export interface TransactionFilter {
  /** Every word has to occur. */
  readonly text: string
  readonly list: TransactionList | ''
  /** Days, YYYY-MM-DD; empty: open. */
  readonly from: string
  readonly to: string
  /** Of the amount without its sign; empty: open. */
  readonly least: string
  readonly most: string
}

export const everything: TransactionFilter = { text: '', list: '', from: '', to: '', least: '', most: '' }

export const sortColumns = ['date', 'valueDate', 'amount', 'party', 'text', 'list'] as const
export type SortColumn = (typeof sortColumns)[number]
export interface Sort {
  readonly column: SortColumn
  readonly descending: boolean
}

export interface Total {
  readonly currency: string
  readonly count: number
  /** Decimal texts. */
  readonly incoming: string
  readonly outgoing: string
  readonly balance: string
}

export interface Sums {
  readonly totals: readonly Total[]
  /** Entries whose amount is no decimal number: shown, and in no sum. */
  readonly unreadable: number
}

/** Rows between two chances to stop. */
const stride = 512

export const dateOf = ({ bookingDate, valueDate }: Transaction): string => (bookingDate || valueDate).slice(0, 10)

const isEmpty = (filter: TransactionFilter): boolean => Object.values(filter).every((value) => value === '')

function keeps(filter: TransactionFilter): (row: Transaction) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const least = filter.least === '' ? null : Number(filter.least)
  const most = filter.most === '' ? null : Number(filter.most)
  return (row) => {
    if (filter.list !== '' && row.list !== filter.list) return false
    if (filter.from !== '' || filter.to !== '') {
      const day = dateOf(row)
      if (day === '' || (filter.from !== '' && day < filter.from) || (filter.to !== '' && day > filter.to)) return false
    }
    if (least !== null || most !== null) {
      const amount = Math.abs(Number(row.signed))
      if (!((least === null || amount >= least) && (most === null || amount <= most))) return false
    }
    if (words.length === 0) return true
    const text = `${row.party}\n${row.text}\n${row.partyAccount}\n${row.id ?? ''}\n${row.amount}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
}

function* filtered(rows: readonly Transaction[], filter: TransactionFilter): Generator<void, readonly Transaction[]> {
  if (isEmpty(filter)) return rows
  const keep = keeps(filter)
  const kept: Transaction[] = []
  for (let start = 0; start < rows.length; start += stride) {
    for (const row of rows.slice(start, start + stride)) if (keep(row)) kept.push(row)
    yield
  }
  return kept
}

/** Rows that are sorted at once: a few milliseconds. */
const run = 2048

/** Sorted runs, merged: stable, and can be left after every stride. */
function* sortedIndexes(count: number, compare: (a: number, b: number) => number): Generator<void, Uint32Array> {
  let from = Uint32Array.from({ length: count }, (_, index) => index)
  for (let start = 0; start < count; start += run) {
    from.subarray(start, start + run).sort(compare)
    yield
  }
  let to = new Uint32Array(count)
  let since = 0
  for (let width = run; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, count), Math.min(start + 2 * width, count)]
      let [left, right] = [start, middle]
      for (let at = start; at < end; at += 1) {
        const takeLeft = left < middle && (right >= end || compare(from[left]!, from[right]!) <= 0)
        to[at] = takeLeft ? from[left++]! : from[right++]!
        since += 1
        if (since >= stride) {
          since = 0
          yield
        }
      }
    }
    ;[from, to] = [to, from]
  }
  return from
}

const collator = new Intl.Collator(undefined, { sensitivity: 'base' })
const plain = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const numeric = (a: string, b: string): number => (Number(a) || 0) - (Number(b) || 0)

const orders: Readonly<Record<SortColumn, readonly [text: (row: Transaction) => string, compare: typeof plain]>> = {
  date: [dateOf, plain],
  valueDate: [({ valueDate }) => valueDate, plain],
  amount: [({ signed }) => signed, numeric],
  party: [({ party }) => party, collator.compare],
  text: [({ text }) => text, collator.compare],
  list: [({ list }) => list, plain],
}

/** A number per row in the order of its column: what stands in many rows is compared once. */
function* ranksOf(rows: readonly Transaction[], column: SortColumn): Generator<void, Uint32Array> {
  const [textOf, compare] = orders[column]
  const places = new Map<string, number>()
  const ranks = new Uint32Array(rows.length)
  for (const [index, row] of rows.entries()) {
    const text = textOf(row)
    const place = places.get(text) ?? places.size
    if (place === places.size) places.set(text, place)
    ranks[index] = place
    if (index % stride === 0) yield
  }
  const different = [...places.keys()]
  yield
  const order = yield* sortedIndexes(different.length, (a, b) => compare(different[a]!, different[b]!))
  const rankOfPlace = new Uint32Array(different.length)
  for (let rank = 0; rank < order.length; rank += 1) rankOfPlace[order[rank]!] = rank
  for (let index = 0; index < ranks.length; index += 1) ranks[index] = rankOfPlace[ranks[index]!]!
  return ranks
}

/** Ranks of a list that was sorted by a column before: the other direction is there at once. */
const known = new WeakMap<readonly Transaction[], Map<SortColumn, Uint32Array>>()

function* sorted(rows: readonly Transaction[], sort: Sort | null): Generator<void, readonly Transaction[]> {
  if (sort === null) return rows
  const before = known.get(rows) ?? new Map<SortColumn, Uint32Array>()
  known.set(rows, before)
  const ranks = before.get(sort.column) ?? (yield* ranksOf(rows, sort.column))
  before.set(sort.column, ranks)
  const turn = sort.descending ? -1 : 1
  const order = yield* sortedIndexes(rows.length, (a, b) => (ranks[a]! - ranks[b]!) * turn)
  const result: Transaction[] = []
  for (const [at, index] of order.entries()) {
    result.push(rows[index]!)
    if (at % stride === 0) yield
  }
  return result
}

interface Sum {
  count: number
  incoming: bigint
  outgoing: bigint
}

function* added(rows: readonly Transaction[]): Generator<void, Sums> {
  const sums = new Map<string, Sum>()
  let unreadable = 0
  for (const [index, { signed, currency }] of rows.entries()) {
    if (index % stride === 0) yield
    const value = scaled(signed)
    if (value === null) {
      unreadable += 1
      continue
    }
    const sum = sums.get(currency) ?? { count: 0, incoming: 0n, outgoing: 0n }
    sums.set(currency, sum)
    sum.count += 1
    if (value < 0n) sum.outgoing -= value
    else sum.incoming += value
  }
  const totals = [...sums].map(([currency, { count, incoming, outgoing }]) => {
    const text = (value: bigint) => decimalText(value, currencyDigits(currency))
    return { currency, count, incoming: text(incoming), outgoing: text(outgoing), balance: text(incoming - outgoing) }
  })
  return { totals, unreadable }
}

const summed = new WeakMap<readonly Transaction[], Sums>()

/** Sums of a list; a list in another order has the same. */
export function* sumsOf(kept: readonly Transaction[]): Generator<void, Sums> {
  const sums = summed.get(kept) ?? (yield* added(kept))
  summed.set(kept, sums)
  return sums
}

export interface Ordered {
  /** What the filter leaves, as it came. */
  readonly kept: readonly Transaction[]
  readonly rows: readonly Transaction[]
}

/** Yields wherever it may be interrupted. Without a filter and an order the rows are those of the bank, as they came. */
export function* arrange(
  rows: readonly Transaction[],
  filter: TransactionFilter,
  sort: Sort | null,
): Generator<void, Ordered> {
  const kept = yield* filtered(rows, filter)
  return { kept, rows: yield* sorted(kept, sort) }
}
