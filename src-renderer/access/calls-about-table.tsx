/** The calls about one consent or payment, each to be opened as a request with its ids filled in. */
import type { Remembered } from '#shared/contract/followed.ts'
import type { Fault } from '#shared/fault.ts'
import { openOperation } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import type { CallAbout } from './calls-about.ts'

const columnsFor = ({ bank, environment, identity }: Remembered): readonly Column<CallAbout>[] => [
  { id: 'method', head: 'Method', width: 'w-20', cell: ({ operation }) => operation.method },
  { id: 'title', head: 'Operation', cell: ({ operation: { title } }) => <span title={title}>{title}</span> },
  {
    id: 'open',
    head: 'Requests',
    width: 'w-20',
    cell: ({ operation: { id, title }, parameters }) => (
      <Button
        kind="quiet"
        className="-ml-2.5 h-6 text-accent!"
        aria-label={`Open ${title} in Requests`}
        onClick={() => openOperation(id, { bank, environment, parameters, ...(identity === null ? {} : { identity }) })}
      >
        Open
      </Button>
    ),
  },
]

export function CallsAbout({
  consent,
  calls,
  fault,
}: {
  readonly consent: Remembered
  readonly calls: readonly CallAbout[] | null
  readonly fault: Fault | null
}) {
  if (calls === null && fault === null) return <p className="text-muted">Calls about it …</p>
  if (calls === null) return <FaultNotice fault={fault} title="Which calls are about it is not known" />
  if (calls.length === 0) return <p className="text-muted">The bank’s document has no further calls about it.</p>
  return (
    <DataTable
      label="Calls about it"
      columns={columnsFor(consent)}
      rows={calls}
      keyOf={({ operation }) => operation.id}
    />
  )
}
