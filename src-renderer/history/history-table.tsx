/** The exchanges as rows, newest first, as far back as a person scrolls. */
import { type KeyboardEvent, type Ref, type UIEvent, useMemo } from 'react'
import type { HistoryRow } from '#shared/contract/history.ts'
import { duration } from '../exchange/measures.ts'
import { MethodName } from '../exchange/method-name.tsx'
import type { Column } from '../ui/data-table.tsx'
import { HttpStatus } from '../ui/http-status.tsx'
import { localMoment, shortMoment } from '../ui/local-time.ts'
import { LongTable } from '../ui/long-table.tsx'
import { toggleMark, useMarks } from './history-marks.ts'

/** Pixels before the end at which more rows are read: about what a flick of the wheel scrolls. */
const ahead = 2000

function Mark({ row }: { readonly row: HistoryRow }) {
  const marked = useMarks(({ marked: ids }) => ids.has(row.id))
  return (
    <input
      type="checkbox"
      // The table is one tab stop; its space key does the same.
      tabIndex={-1}
      checked={marked}
      aria-label={`Mark ${row.operation} of ${localMoment(row.at)}`}
      onClick={(event) => event.stopPropagation()}
      onChange={() => toggleMark(row.id)}
      className="block accent-accent"
    />
  )
}

type Columns = readonly Column<HistoryRow>[]

const mark: Column<HistoryRow> = { id: 'mark', head: '✓', width: 'w-8', cell: (row) => <Mark row={row} /> }

const time: Column<HistoryRow> = {
  id: 'time',
  head: 'Time',
  width: 'w-26',
  cell: ({ at }) => (
    <time dateTime={at} title={localMoment(at)}>
      {shortMoment(at, Date.now())}
    </time>
  ),
}

const status: Column<HistoryRow> = {
  id: 'status',
  head: 'Status',
  width: 'w-16',
  cell: ({ status: code, fault }) => <HttpStatus status={code} fault={fault} />,
}

const operation: Column<HistoryRow> = {
  id: 'operation',
  head: 'Operation',
  cell: ({ operation: id, url }) => <span title={url}>{id}</span>,
}

const full: Columns = [
  mark,
  time,
  status,
  { id: 'method', head: 'Method', width: 'w-18 max-xl:hidden', cell: ({ method }) => <MethodName method={method} /> },
  operation,
  {
    id: 'duration',
    head: 'Duration',
    width: 'w-20 text-right max-xl:hidden',
    cell: ({ total }) => duration(total),
  },
  {
    id: 'error',
    head: 'Error row',
    width: 'w-32 max-xl:hidden',
    cell: ({ errorId, errorTitle, fault }) => <span title={errorTitle ?? fault ?? undefined}>{errorId ?? fault}</span>,
  },
]

/** Beside a comparison, which needs the room. */
const narrow: Columns = [{ ...mark, width: 'w-8 max-xl:hidden' }, time, status, operation]

export interface HistoryTableProps {
  readonly rows: readonly HistoryRow[]
  readonly selected: string | null
  readonly comparing: boolean
  readonly onChoose: (row: HistoryRow) => void
  readonly onDelete: () => void
  /** The end comes into sight. */
  readonly onEnd: () => void
  readonly onMarkAll: () => void
  readonly ref?: Ref<HTMLDivElement>
}

export function HistoryTable(props: HistoryTableProps) {
  const { rows, selected, comparing, onChoose, onDelete, onEnd, onMarkAll, ref } = props
  const columns = useMemo(() => (comparing ? narrow : full), [comparing])
  const press = (event: KeyboardEvent) => {
    const held = event.ctrlKey || event.metaKey
    if (event.altKey || !(event.target instanceof HTMLElement) || event.target.role !== 'grid') return
    if (held && event.key === 'a') onMarkAll()
    else if (!held && event.key === ' ' && selected !== null) toggleMark(selected)
    else if (!held && event.key === 'Delete') onDelete()
    else return
    event.preventDefault()
  }
  const scrolled = ({ target }: UIEvent) => {
    if (!(target instanceof HTMLElement)) return
    if (target.scrollHeight - target.scrollTop - target.clientHeight < ahead) onEnd()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and scrolling are those of the table inside
    <div ref={ref} onKeyDown={press} onScrollCapture={scrolled} className="flex min-h-0 flex-1 flex-col">
      <LongTable
        label="Exchanges"
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        selected={selected}
        onChoose={onChoose}
      />
    </div>
  )
}
