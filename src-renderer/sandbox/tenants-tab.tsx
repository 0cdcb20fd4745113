/** Who uses the sandbox, whether others can reach it, and what a participant of a workshop is handed. */
import { useState } from 'react'
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import { show } from '../app-state.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import type { Column } from '../ui/data-table.tsx'
import { Facts } from '../ui/facts.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { localMoment } from '../ui/local-time.ts'
import { LongTable } from '../ui/long-table.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { bankName } from './bank-options.ts'
import { durationWords } from './offset-words.ts'
import { TokenDialog } from './token-dialog.tsx'
import { nobody, type TenantOption, type Tenants } from './use-tenants.ts'

const columns: readonly Column<TenantOption>[] = [
  {
    id: 'tenant',
    head: 'Tenant',
    cell: ({ id }) => (
      <span className="font-mono text-sm" title={id}>
        {id === nobody ? '- (calls without a known certificate)' : id}
      </span>
    ),
  },
  { id: 'names', head: 'Identities here', width: 'w-40 max-xl:w-32', cell: ({ names }) => names.join(', ') },
  {
    id: 'clock',
    head: 'Clock',
    width: 'w-32 max-xl:w-26',
    cell: ({ known }) => {
      const offset = known?.offsetSeconds ?? 0
      return offset === 0 ? 'now' : `${offset > 0 ? '+' : '−'}${durationWords(offset, 2)}`
    },
  },
  {
    id: 'banks',
    head: 'Banks',
    width: 'w-64 max-xl:w-44',
    cell: ({ known }) => {
      const words = known?.banks.map(bankName).join(', ') ?? ''
      return <span title={words}>{words}</span>
    },
  },
  {
    id: 'last',
    head: 'Last call',
    width: 'w-40',
    cell: ({ known }) => (known?.lastSeen == null ? 'never' : localMoment(known.lastSeen)),
  },
]

function Sharing({ sandbox, onToken }: { readonly sandbox: SandboxReady; readonly onToken: () => void }) {
  const { shared } = sandbox
  return (
    <Section
      title="For a workshop"
      trailing={
        <Button kind={shared === undefined ? 'plain' : 'primary'} onClick={onToken}>
          Token for a participant …
        </Button>
      }
    >
      {shared === undefined ? (
        <p className="text-muted">
          Only this machine reaches this sandbox. To share it, stop it and choose “Start for a workshop …”; to use the
          one of another machine, stop it and choose “Attach …”.
        </p>
      ) : (
        <Facts
          facts={[
            [
              'Listens on',
              <span key="address" className="font-mono text-sm">
                {shared.address}
              </span>,
            ],
            [
              'Known as',
              <span key="hosts" className="font-mono text-sm">
                {shared.hosts.join(', ')}
              </span>,
            ],
            [
              'Address to attach to',
              <span key="control" className="flex items-center gap-1">
                <span className="font-mono text-sm wrap-anywhere">{shared.control}</span>
                <CopyButton text={shared.control} label="Copy address" />
              </span>,
            ],
          ]}
        />
      )}
    </Section>
  )
}

function AttachedTo({ tenants, attached }: { readonly tenants: Tenants; readonly attached: string }) {
  const missing = tenants.all.filter(({ names }) => names.length === 0)
  return (
    <Section title="Attached to another machine">
      <p>
        The sandbox at <span className="font-mono text-sm wrap-anywhere">{attached}</span> is used instead of one of
        this machine.{' '}
        {tenants.keeper ? 'The token steers every tenant.' : 'The token steers one tenant; its keeper hands out more.'}
      </p>
      {!tenants.keeper && missing.length > 0 && (
        <div className="flex items-center gap-3">
          <p className="min-w-0 flex-1 text-muted">
            No identity here has the organizationIdentifier {missing.map(({ id }) => id).join(', ')}: order a test
            certificate with it.
          </p>
          <Button onClick={() => show('keys')}>Go to Keys</Button>
        </div>
      )}
    </Section>
  )
}

export function TenantsTab({
  tenants,
  sandbox,
  attached,
}: {
  readonly tenants: Tenants
  readonly sandbox: SandboxReady
  readonly attached: string | null
}) {
  const [handing, setHanding] = useState(false)
  const [selected, setSelected] = useState<string | null>(null)
  const { list, all } = tenants
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-col gap-3 p-3">
        {attached !== null && <AttachedTo tenants={tenants} attached={attached} />}
        {(attached === null || tenants.keeper) && <Sharing sandbox={sandbox} onToken={() => setHanding(true)} />}
        <FaultNotice
          fault={list.fault}
          title="The tenants cannot be read"
          action={<Button onClick={() => void list.refresh()}>Try again</Button>}
        />
      </div>
      {list.value === null && list.fault === null && <Loading what="Tenants" />}
      {list.value !== null && all.length === 0 && (
        <EmptyState title="Nobody yet">
          A tenant is an organizationIdentifier. It comes with an order at the QTSP, a call with a certificate of one,
          or a token for a participant.
        </EmptyState>
      )}
      {list.value !== null && all.length > 0 && (
        <div className="flex min-h-0 flex-1 flex-col border-t border-line">
          <LongTable
            label="Tenants"
            columns={columns}
            rows={all}
            keyOf={({ id }) => id}
            selected={selected}
            onChoose={({ id }) => {
              setSelected(id)
              tenants.choose(id)
            }}
          />
        </div>
      )}
      {handing && (
        <TokenDialog
          sandbox={sandbox}
          suggested={all.find(({ id }) => id === selected && id !== nobody)?.id ?? ''}
          onClose={() => setHanding(false)}
          onMade={() => void list.refresh()}
        />
      )}
    </div>
  )
}
