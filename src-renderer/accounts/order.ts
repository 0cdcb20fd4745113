/** The order of a column: every row gets a rank, made in slices and kept, so that the other direction is there at once. */

import type { Transaction } from './read-account.ts'
import { type Compare, ranksOfOrder, sortedIndexes } from './sorted-indexes.ts'
import { byLanguage, ranksByLanguage } from './words-in-order.ts'

export const sortColumns = ['date', 'valueDate', 'amount', 'party', 'text', 'list'] as const
export type SortColumn = (typeof sortColumns)[number]
export interface Sort {
  readonly column: SortColumn
  readonly descending: boolean
}

/** Steps between two chances to stop: a few tenths of a millisecond. */
const stride = 2048

export const dateOf = ({ bookingDate, valueDate }: Transaction): string => (bookingDate || valueDate).slice(0, 10)

function* ranksOfAmounts(rows: readonly Transaction[]): Generator<void, Uint32Array> {
  const values = new Float64Array(rows.length)
  for (let index = 0; index < rows.length; index += 1) {
    values[index] = Number(rows[index]!.signed) || 0
    if (index % stride === 0) yield
  }
  const compare: Compare = (a, b) => values[a]! - values[b]!
  return yield* ranksOfOrder(yield* sortedIndexes(rows.length, compare), compare)
}

const plain = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type TextColumn = Exclude<SortColumn, 'amount'>
const texts: Readonly<Record<TextColumn, readonly [text: (row: Transaction) => string, compare: typeof plain]>> = {
  date: [dateOf, plain],
  valueDate: [({ valueDate }) => valueDate, plain],
  party: [({ party, partyAccount }) => party || partyAccount, byLanguage],
  text: [({ text }) => text, byLanguage],
  list: [({ list }) => list, plain],
}

/** What stands in many rows is compared once. */
function* ranksOfTexts(rows: readonly Transaction[], column: TextColumn): Generator<void, Uint32Array> {
  const [textOf, compareTexts] = texts[column]
  const places = new Map<string, number>()
  const different: string[] = []
  const placeOfRow = new Uint32Array(rows.length)
  for (let index = 0; index < rows.length; index += 1) {
    const text = textOf(rows[index]!)
    let place = places.get(text)
    if (place === undefined) {
      place = different.push(text) - 1
      places.set(text, place)
    }
    placeOfRow[index] = place
    if (index % 512 === 0) yield
  }
  const compare: Compare = (a, b) => compareTexts(different[a]!, different[b]!)
  const ranks =
    compareTexts === byLanguage
      ? yield* ranksByLanguage(different)
      : yield* ranksOfOrder(yield* sortedIndexes(different.length, compare), compare)
  return placeOfRow.map((place) => ranks[place]!)
}

/** Puts rows where their rank is counted to be: no comparison is needed any more. */
function* counted(rows: readonly Transaction[], ranks: Uint32Array, descending: boolean) {
  const last = ranks.reduce((most, rank) => Math.max(most, rank), 0)
  const placeOf = descending ? (rank: number) => last - rank : (rank: number) => rank
  const next = new Uint32Array(last + 2)
  for (const rank of ranks) next[placeOf(rank) + 1]! += 1
  for (let place = 1; place <= last; place += 1) next[place]! += next[place - 1]!
  yield
  const order = new Uint32Array(rows.length)
  for (let index = 0; index < rows.length; index += 1) order[next[placeOf(ranks[index]!)]!++] = index
  yield
  const result: Transaction[] = []
  for (let at = 0; at < order.length; at += 1) {
    result.push(rows[order[at]!]!)
    if (at % stride === 0) yield
  }
  return result
}

/** Ranks of a list by column, made or being made: work that was left goes on where it was left. */
const known = new WeakMap<readonly Transaction[], Map<SortColumn, Uint32Array>>()
const begun = new WeakMap<readonly Transaction[], Map<SortColumn, Iterator<void, Uint32Array>>>()

const entryOf = <Value>(
  map: WeakMap<readonly Transaction[], Map<SortColumn, Value>>,
  rows: readonly Transaction[],
): Map<SortColumn, Value> => {
  const entry = map.get(rows) ?? new Map<SortColumn, Value>()
  map.set(rows, entry)
  return entry
}

function* ranksOf(rows: readonly Transaction[], column: SortColumn): Generator<void, Uint32Array> {
  const [ready, working] = [entryOf(known, rows), entryOf(begun, rows)]
  for (;;) {
    const ranks = ready.get(column)
    if (ranks !== undefined) return ranks
    const work = working.get(column) ?? (column === 'amount' ? ranksOfAmounts(rows) : ranksOfTexts(rows, column))
    working.set(column, work)
    const step = work.next()
    if (step.done === true) {
      ready.set(column, step.value)
      working.delete(column)
    }
    yield
  }
}

/** Fewer are sorted as fast as they are clicked. */
const many = 5000

/**
 * Ranks of the columns a person can sort by, made before anybody asks: then a click is answered at once.
 * @param wanted whether to go on
 */
export function* prepareOrder(rows: readonly Transaction[], wanted: () => boolean): Generator<void, void> {
  if (rows.length < many) return
  for (const column of ['party', 'text', 'amount', 'date'] as const) {
    const work = ranksOf(rows, column)
    while (work.next().done !== true) {
      yield
      if (!wanted()) return
    }
  }
}

/** The list that rows were taken out of, and where each stood in it. */
export interface Source {
  readonly rows: readonly Transaction[]
  readonly indexes: readonly number[]
}

/**
 * Yields wherever it may be interrupted; what is equal stays as it came, in both directions.
 * @param source where it was sorted before, what was taken out of it has its order already
 */
export function* sorted(
  rows: readonly Transaction[],
  sort: Sort | null,
  source: Source | null = null,
): Generator<void, readonly Transaction[]> {
  if (sort === null || rows.length === 0) return rows
  const { column, descending } = sort
  const whole = source === null ? undefined : known.get(source.rows)?.get(column)
  const ranks =
    source === null || whole === undefined
      ? yield* ranksOf(rows, column)
      : Uint32Array.from(source.indexes, (index) => whole[index]!)
  return yield* counted(rows, ranks, descending)
}
