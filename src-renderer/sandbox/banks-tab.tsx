/** Each simulated bank: where it listens and who its customers are; and the CA that signed their server certificates. */
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import { banks } from '../live-data.ts'
import { EmptyState } from '../ui/notice.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { BankAddresses } from './bank-addresses.tsx'
import { BankCustomers } from './bank-customers.tsx'
import { CaSection } from './ca-section.tsx'
import { changeSandboxView, useSandboxView } from './sandbox-view.ts'

function BankChoice({ sandbox, chosen }: { readonly sandbox: SandboxReady; readonly chosen: string }) {
  const names = new Map(banks().value?.map(({ id, name }) => [id, name]))
  return (
    <nav aria-label="Banks of the sandbox" className="overflow-auto border-r border-line p-2">
      <ul className="flex flex-col">
        {sandbox.banks.map(({ id, urls }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === chosen}
              onClick={() => changeSandboxView({ bank: id })}
              className={`flex min-h-9 w-full flex-col justify-center rounded-sm px-2 py-1 text-left -outline-offset-2 ${id === chosen ? 'bg-accent-soft' : 'hover:bg-raised'}`}
            >
              <span className="w-full truncate">{names.get(id) ?? id}</span>
              <span className="flex items-center gap-1.5 text-sm text-muted">
                <span aria-hidden="true" className="size-2 rounded-full bg-good" />
                listens on {Object.keys(urls).length} {Object.keys(urls).length === 1 ? 'port' : 'ports'}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export function BanksTab({ sandbox, attached }: { readonly sandbox: SandboxReady; readonly attached: string | null }) {
  const { bank: wanted } = useSandboxView()
  const bank = sandbox.banks.find(({ id }) => id === wanted) ?? sandbox.banks[0]
  if (bank === undefined)
    return <EmptyState title="No bank is simulated">Stop the sandbox and start it again with its banks.</EmptyState>
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,12rem)_minmax(0,1fr)] xl:grid-cols-[minmax(0,16rem)_minmax(0,1fr)]">
      <BankChoice sandbox={sandbox} chosen={bank.id} />
      <ScrollArea label="Simulated bank" className="flex flex-col gap-3 p-3">
        <BankAddresses bank={bank} />
        <CaSection attached={attached} />
        {/* Last, because they are asked for: what comes late must not move what is there. */}
        <BankCustomers key={bank.id} bank={bank.id} />
      </ScrollArea>
    </div>
  )
}
