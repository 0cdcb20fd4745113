/** The log of a tenant as rows, and the chosen one in full. */
import { useMemo, useState } from 'react'
import type { SandboxLogEntry } from '#shared/sandbox-protocol.ts'
import { MethodName } from '../exchange/method-name.tsx'
import type { Column } from '../ui/data-table.tsx'
import { Facts } from '../ui/facts.tsx'
import { HttpStatus } from '../ui/http-status.tsx'
import { localMoment, shortMoment } from '../ui/local-time.ts'
import { LongTable } from '../ui/long-table.tsx'
import { withoutBase } from './base-paths.ts'

const wire = 'font-mono text-sm'

const columnsFor = (bases: readonly string[]): readonly Column<SandboxLogEntry>[] => [
  { id: 'time', head: 'Time', width: 'w-26', cell: ({ at }) => shortMoment(at, Date.now()) },
  { id: 'status', head: 'Status', width: 'w-16', cell: ({ status }) => <HttpStatus status={status} /> },
  { id: 'method', head: 'Method', width: 'w-18', cell: ({ method }) => <MethodName method={method} /> },
  {
    id: 'path',
    head: 'Path',
    width: 'w-72 max-xl:w-48',
    cell: ({ path }) => (
      <span className={wire} title={path}>
        {withoutBase(path, bases)}
      </span>
    ),
  },
  { id: 'why', head: 'Why', cell: ({ reason }) => <span title={reason}>{reason}</span> },
]

/** Entries have no id of their own; time, request and path together are as good. */
const keyOf = ({ at, requestId, method, path }: SandboxLogEntry): string => [at, requestId, method, path].join(' ')

function Entry({ entry }: { readonly entry: SandboxLogEntry }) {
  return (
    <div className="max-h-56 shrink-0 overflow-auto border-t border-line bg-surface p-3">
      <Facts
        facts={[
          ['Received', `${localMoment(entry.at)} by ${entry.bank}`],
          ['Request', <span key="request" className={wire}>{`${entry.method} ${entry.path}`}</span>],
          ['Operation', entry.operation ?? 'none of this bank'],
          ['Answer', `${entry.status}: ${entry.reason}`],
          [
            'Client certificate',
            entry.clientCertificate === null ? (
              'none was sent'
            ) : (
              <span key="certificate" className={wire}>
                {entry.clientCertificate}
              </span>
            ),
          ],
          [
            'X-Request-ID',
            <span key="id" className={wire}>
              {entry.requestId ?? 'none'}
            </span>,
          ],
        ]}
      />
    </div>
  )
}

export function LogTable({
  entries,
  bases,
}: {
  readonly entries: readonly SandboxLogEntry[]
  readonly bases: readonly string[]
}) {
  const columns = useMemo(() => columnsFor(bases), [bases])
  const [selected, setSelected] = useState<string | null>(null)
  const entry = entries.find((each) => keyOf(each) === selected)
  return (
    <>
      <LongTable
        label="Log of the tenant"
        columns={columns}
        rows={entries}
        keyOf={keyOf}
        selected={selected}
        onChoose={(row) => setSelected(keyOf(row))}
      />
      {entry !== undefined && <Entry entry={entry} />}
    </>
  )
}
