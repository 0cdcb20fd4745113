/** The exchanges as rows, newest first. */
import type { HistoryRow } from '#shared/contract/history.ts'
import { duration } from '../exchange/measures.ts'
import { MethodName } from '../exchange/method-name.tsx'
import type { Column } from '../ui/data-table.tsx'
import { HttpStatus } from '../ui/http-status.tsx'
import { localMoment, shortMoment } from '../ui/local-time.ts'
import { LongTable } from '../ui/long-table.tsx'

const columns: readonly Column<HistoryRow>[] = [
  {
    id: 'time',
    head: 'Time',
    width: 'w-26',
    cell: ({ at }) => (
      <time dateTime={at} title={localMoment(at)}>
        {shortMoment(at, Date.now())}
      </time>
    ),
  },
  {
    id: 'status',
    head: 'Status',
    width: 'w-16',
    cell: ({ status, fault }) => <HttpStatus status={status} fault={fault} />,
  },
  {
    id: 'method',
    head: 'Method',
    width: 'w-18 max-xl:hidden',
    cell: ({ method }) => <MethodName method={method} />,
  },
  { id: 'operation', head: 'Operation', cell: ({ operation, url }) => <span title={url}>{operation}</span> },
  {
    id: 'duration',
    head: 'Duration',
    width: 'w-20 text-right',
    cell: ({ total }) => duration(total),
  },
  {
    id: 'error',
    head: 'Error row',
    width: 'w-44 max-xl:hidden',
    cell: ({ errorId, fault }) => <span title={errorId ?? fault ?? undefined}>{errorId ?? fault}</span>,
  },
]

export function HistoryTable({
  rows,
  selected,
  onChoose,
}: {
  readonly rows: readonly HistoryRow[]
  readonly selected: string | null
  readonly onChoose: (row: HistoryRow) => void
}) {
  return (
    <LongTable
      label="Exchanges"
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      selected={selected}
      onChoose={onChoose}
    />
  )
}
