/** Filters and sorts transactions without holding up the window. */
import { dateOf, type Sort, sorted } from './order.ts'
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

/** Rows between two chances to stop. */
const stride = 512

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

interface Kept {
  readonly rows: readonly Transaction[]
  /** Where each of them stands in the whole list; null: all of it was kept. */
  readonly indexes: readonly number[] | null
}

function* filtered(rows: readonly Transaction[], filter: TransactionFilter): Generator<void, Kept> {
  if (isEmpty(filter)) return { rows, indexes: null }
  const keep = keeps(filter)
  const kept: Transaction[] = []
  const indexes: number[] = []
  for (let index = 0; index < rows.length; index += 1) {
    if (index % stride === 0) yield
    const row = rows[index]!
    if (!keep(row)) continue
    kept.push(row)
    indexes.push(index)
  }
  return { rows: kept, indexes }
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
  return {
    kept: kept.rows,
    rows: yield* sorted(kept.rows, sort, kept.indexes === null ? null : { rows, indexes: kept.indexes }),
  }
}
