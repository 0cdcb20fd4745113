/** Faults switched on inside a tenant's banks, each with the way to switch it off. */
import { useState } from 'react'
import { api } from '../api.ts'
import { banks } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Section } from '../ui/section.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLoaded } from '../ui/use-loaded.ts'

type Switches = Readonly<Record<string, readonly string[]>>

const without = (switches: Switches, bank: string, name: string): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(switches)
      .map(([id, names]) => [id, names.filter((each) => id !== bank || each !== name)] as const)
      .filter(([, names]) => names.length > 0),
  )

export function TenantSwitches({ tenant }: { readonly tenant: string }) {
  const [changed, setChanged] = useState<Switches | null>(null)
  const read = useLoaded(tenant, (id) => api.sandbox.switches({ tenant: id }))
  const set = useAction(async (bank: string, name: string) => {
    // Read again first: a terminal may have switched others meanwhile, and what is sent replaces all.
    const current = await api.sandbox.switches({ tenant })
    setChanged(await api.sandbox.switches({ tenant, set: without(current, bank, name) }))
  })
  const names = new Map(banks().value?.map(({ id, name }) => [id, name]))
  const switches = changed ?? read.value
  const rows = Object.entries(switches ?? {}).flatMap(([bank, on]) => on.map((name) => ({ bank, name })))
  return (
    <Section title="Faults switched on">
      <FaultNotice fault={read.fault} title="The faults cannot be read" />
      <FaultNotice fault={set.fault} title="The fault is still on" />
      {switches !== null && rows.length === 0 && (
        <p className="text-muted">
          None: the banks work as documented. Some rows of the error table need a fault inside the bank;{' '}
          <code className="font-mono text-sm">tpp sandbox provoke</code> switches it on for one call.
        </p>
      )}
      {rows.length > 0 && (
        <ul className="flex flex-col gap-1">
          {rows.map(({ bank, name }) => (
            <li key={`${bank} ${name}`} className="flex h-7 items-center gap-3">
              <span className="font-mono text-sm">{name}</span>
              <span className="min-w-0 flex-1 truncate text-muted">{names.get(bank) ?? bank}</span>
              <Button busy={set.busy} aria-label={`Switch ${name} off`} onClick={() => void set.run(bank, name)}>
                Switch off
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
