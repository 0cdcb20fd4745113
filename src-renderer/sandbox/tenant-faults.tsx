/** What is made to go wrong for a tenant: between the banks and their client, and inside the banks. */
import { useState } from 'react'
import type { SandboxFault, SandboxReady } from '#shared/sandbox-protocol.ts'
import { api } from '../api.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import type { Column } from '../ui/data-table.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Loading } from '../ui/notice.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Section } from '../ui/section.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFocusFollows } from '../ui/use-focus-follows.ts'
import { bankName } from './bank-options.ts'
import { FaultDialog } from './fault-dialog.tsx'
import { type FaultKinds, parameterWords, timesWords, withoutFault } from './fault-words.ts'
import { TenantSwitches } from './tenant-switches.tsx'
import { usePolled } from './use-polled.ts'

/** Milliseconds between two looks: each call that meets a fault uses it up. */
const pause = 3000

interface Row {
  readonly key: string
  readonly fault: SandboxFault
}

const columnsFor = (
  kinds: FaultKinds,
  busy: boolean,
  remove: (fault: SandboxFault) => void,
): readonly Column<Row>[] => [
  {
    id: 'what',
    head: 'What goes wrong',
    cell: ({ fault }) => {
      const kind = kinds.get(fault.fault)
      return (
        <span title={`${kind?.title ?? fault.fault}: ${kind?.about ?? ''}`}>
          {kind?.scope === 'everyone' && <Badge tone="caution">everyone</Badge>} {kind?.title ?? fault.fault}
        </span>
      )
    },
  },
  { id: 'bank', head: 'Bank', width: 'w-36 max-xl:w-28', cell: ({ fault }) => bankName(fault.bank) },
  {
    id: 'where',
    head: 'Where',
    width: 'w-56 max-xl:w-36',
    cell: ({ fault: { operation, host } }) => {
      const words = `${operation === '*' ? 'everywhere' : operation}${host === undefined ? '' : ` at host ${host}`}`
      return <span title={words}>{words}</span>
    },
  },
  {
    id: 'values',
    head: 'Values',
    width: 'w-60 max-xl:w-36',
    cell: ({ fault }) => {
      const words = parameterWords(kinds.get(fault.fault), fault)
      return <span title={words}>{words}</span>
    },
  },
  { id: 'times', head: 'How often', width: 'w-28', cell: ({ fault: { times } }) => timesWords(times) },
  {
    id: 'remove',
    head: 'Remove',
    width: 'w-24',
    cell: ({ fault }) => (
      <Button
        kind="quiet"
        disabled={busy}
        aria-label={`Remove ${kinds.get(fault.fault)?.title ?? fault.fault}`}
        onClick={() => remove(fault)}
      >
        Remove
      </Button>
    ),
  },
]

function SetFaults({
  tenant,
  sandbox,
  keeper,
}: {
  readonly tenant: string
  readonly sandbox: SandboxReady
  readonly keeper: boolean
}) {
  const { value, fault, refresh } = usePolled(
    () => api.sandbox.faults({ tenant }),
    pause,
    (one, other) => JSON.stringify(one.set) === JSON.stringify(other.set),
  )
  const [adding, setAdding] = useState(false)
  const remove = useAction(async (gone: SandboxFault | 'all') => {
    // Read again first: a terminal may have set others meanwhile, and what is sent replaces all.
    const { set } = await api.sandbox.faults({ tenant })
    await api.sandbox.faults({ tenant, set: gone === 'all' ? [] : withoutFault(set, gone) })
    await refresh()
  })
  const kinds: FaultKinds = new Map(value?.known.map((kind) => [kind.id, kind]))
  const rows = (value?.set ?? []).map((each, at) => ({ key: String(at), fault: each }))
  const root = useFocusFollows<HTMLDivElement>(String(rows.length), 'button:not(:disabled)')
  return (
    <div ref={root}>
      <Section
        title="Between the banks and their client"
        flush
        trailing={
          <>
            {rows.length > 1 && (
              <Button busy={remove.busy} onClick={() => void remove.run('all')}>
                Remove all
              </Button>
            )}
            <Button kind="primary" disabled={value === null} onClick={() => setAdding(true)}>
              Add a fault …
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-2 empty:hidden [&>*]:m-3">
          <FaultNotice fault={fault} title="The faults cannot be read" />
          <FaultNotice fault={remove.fault} title="The fault is still set" />
        </div>
        {value === null && fault === null && <Loading what="Faults" />}
        {value !== null && rows.length === 0 && (
          <p className="p-3 text-muted">
            None: connections hold and answers come whole. A fault makes them late, cut off, malformed or lost.
          </p>
        )}
        {rows.length > 0 && (
          <DataTable
            label="Faults that are set"
            columns={columnsFor(kinds, remove.busy, (gone) => void remove.run(gone))}
            rows={rows}
            keyOf={({ key }) => key}
          />
        )}
        {adding && value !== null && (
          <FaultDialog
            tenant={tenant}
            sandbox={sandbox}
            known={value.known}
            keeper={keeper}
            onClose={() => setAdding(false)}
            onSet={() => void refresh()}
          />
        )}
      </Section>
    </div>
  )
}

export function TenantFaults(props: {
  readonly tenant: string
  readonly sandbox: SandboxReady
  /** Whether faults that concern everyone can be set from here. */
  readonly keeper: boolean
}) {
  return (
    <ScrollArea label="Faults of the tenant" className="flex min-h-0 flex-1 flex-col gap-3 p-3">
      <SetFaults {...props} />
      <TenantSwitches tenant={props.tenant} />
    </ScrollArea>
  )
}
