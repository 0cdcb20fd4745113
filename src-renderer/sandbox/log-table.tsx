/** The log of a tenant as rows. */
import { useMemo } from 'react'
import type { SandboxLogEntry } from '#shared/sandbox-protocol.ts'
import { MethodName } from '../exchange/method-name.tsx'
import { Badge } from '../ui/badge.tsx'
import type { Column } from '../ui/data-table.tsx'
import { HttpStatus } from '../ui/http-status.tsx'
import { shortMoment } from '../ui/local-time.ts'
import { LongTable } from '../ui/long-table.tsx'
import { bankName } from './bank-options.ts'
import { withoutBase } from './base-paths.ts'

const columnsFor = (bases: readonly string[]): readonly Column<SandboxLogEntry>[] => [
  { id: 'time', head: 'Time', width: 'w-26', cell: ({ at }) => shortMoment(at, Date.now()) },
  { id: 'bank', head: 'Bank', width: 'w-32 max-xl:hidden', cell: ({ bank }) => bankName(bank) },
  {
    id: 'status',
    head: 'Status',
    width: 'w-16',
    cell: ({ status }) => <HttpStatus status={status === 0 ? null : status} />,
  },
  { id: 'method', head: 'Method', width: 'w-18', cell: ({ method }) => <MethodName method={method} /> },
  {
    id: 'path',
    head: 'Path',
    width: 'w-72 max-xl:w-48',
    cell: ({ path }) => (
      <span className="font-mono text-sm" title={path}>
        {withoutBase(path, bases)}
      </span>
    ),
  },
  {
    id: 'why',
    head: 'Why',
    cell: ({ reason, faults }) => (
      <span title={reason}>
        {faults !== undefined && <Badge tone="caution">{faults.join(', ')}</Badge>} {reason}
      </span>
    ),
  },
]

export function LogTable({
  entries,
  bases,
  keyOf,
  selected,
  onChoose,
}: {
  readonly entries: readonly SandboxLogEntry[]
  readonly bases: readonly string[]
  readonly keyOf: (entry: SandboxLogEntry) => string
  readonly selected: string | null
  readonly onChoose: (key: string) => void
}) {
  const columns = useMemo(() => columnsFor(bases), [bases])
  return (
    <LongTable
      label="Log of the tenant"
      columns={columns}
      rows={entries}
      keyOf={keyOf}
      selected={selected}
      onChoose={(row) => onChoose(keyOf(row))}
    />
  )
}
