/** The things the banks keep, as rows. */
import { Badge } from '../ui/badge.tsx'
import type { Column } from '../ui/data-table.tsx'
import { shortMoment } from '../ui/local-time.ts'
import { LongTable } from '../ui/long-table.tsx'
import { bankName } from './bank-options.ts'
import { kindWord, type StateRow } from './state-rows.ts'

const columns: readonly Column<StateRow>[] = [
  { id: 'kind', head: 'Kind', width: 'w-26 max-xl:w-24', cell: ({ section }) => kindWord(section) },
  { id: 'bank', head: 'Bank', width: 'w-32 max-xl:w-24', cell: ({ bank }) => bankName(bank) },
  { id: 'title', head: 'What', cell: ({ item: { title } }) => <span title={title}>{title}</span> },
  {
    id: 'status',
    head: 'Status',
    width: 'w-36 max-xl:w-24',
    cell: ({ item: { status } }) => status !== null && <Badge title={status}>{status}</Badge>,
  },
  {
    id: 'id',
    head: 'Id',
    width: 'w-48 max-xl:hidden',
    cell: ({ item: { id } }) => (
      <span className="font-mono text-sm" title={id}>
        {id}
      </span>
    ),
  },
  {
    id: 'last',
    head: 'Last change',
    width: 'w-26',
    cell: ({ last }) => (last === null ? '' : shortMoment(last, Date.now())),
  },
]

export function StateTable({
  rows,
  selected,
  onChoose,
}: {
  readonly rows: readonly StateRow[]
  readonly selected: string | null
  readonly onChoose: (key: string) => void
}) {
  return (
    <LongTable
      label="State of the tenant"
      columns={columns}
      rows={rows}
      keyOf={({ key }) => key}
      selected={selected}
      onChoose={({ key }) => onChoose(key)}
    />
  )
}
