/** Transactions as a table of any length, sorted by a click on a head. */
import type { Column } from '../ui/data-table.tsx'
import { LongTable } from '../ui/long-table.tsx'
import { readable } from './decimal.ts'
import type { Sort, SortColumn } from './order.ts'
import type { Transaction } from './read-account.ts'

const columns: readonly Column<Transaction>[] = [
  {
    id: 'date',
    head: 'Date',
    width: 'w-26',
    sortable: true,
    cell: ({ bookingDate, valueDate }) => (
      <span className="tabular-nums">{(bookingDate || valueDate).slice(0, 10)}</span>
    ),
  },
  {
    id: 'list',
    head: 'List',
    width: 'hidden w-20 xl:table-cell',
    sortable: true,
    cell: ({ list }) => (list === 'booked' ? list : <span className="text-caution">{list}</span>),
  },
  {
    id: 'amount',
    head: 'Amount',
    width: 'w-36',
    end: true,
    sortable: true,
    cell: ({ signed, currency }) => (
      <span className="tabular-nums">
        {readable(signed)} <span className="text-muted">{currency}</span>
      </span>
    ),
  },
  { id: 'party', head: 'Party', sortable: true, cell: ({ party, partyAccount }) => party || partyAccount },
  { id: 'text', head: 'Text', width: 'hidden xl:table-cell', sortable: true, cell: ({ text }) => text },
]

/** Once down, once up, then as the bank sent them. */
export function nextSort(sort: Sort | null, column: SortColumn): Sort | null {
  if (sort?.column !== column) return { column, descending: column === 'date' || column === 'amount' }
  const first = column === 'date' || column === 'amount'
  return sort.descending === first ? { column, descending: !first } : null
}

export function TransactionTable({
  rows,
  sort,
  arrangement,
  selected,
  onSort,
  onChoose,
}: {
  readonly rows: readonly Transaction[]
  readonly sort: Sort | null
  readonly arrangement: string
  readonly selected: string | null
  readonly onSort: (sort: Sort | null) => void
  readonly onChoose: (row: Transaction) => void
}) {
  return (
    <LongTable
      label="Transactions"
      columns={columns}
      rows={rows}
      keyOf={({ key }) => key}
      selected={selected}
      sort={sort}
      arrangement={arrangement}
      onSort={(column) => onSort(nextSort(sort, column as SortColumn))}
      onChoose={onChoose}
    />
  )
}
