/** The running sandbox in three tabs: its banks, what they saw, and what can be moved in them. */
import { useMemo, useState } from 'react'
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import { Tabs } from '../ui/tabs.tsx'
import { BankAddresses } from './bank-addresses.tsx'
import { BankCustomers } from './bank-customers.tsx'
import { basePaths } from './base-paths.ts'
import { NoTenant } from './no-tenant.tsx'
import { TenantChoice } from './tenant-choice.tsx'
import { TenantClock } from './tenant-clock.tsx'
import { TenantLog } from './tenant-log.tsx'
import { TenantSwitches } from './tenant-switches.tsx'
import { useTenants } from './use-tenants.ts'

export function RunningView({ sandbox }: { readonly sandbox: SandboxReady }) {
  const [tab, setTab] = useState('banks')
  const tenants = useTenants(tab === 'log')
  const tenant = tenants.chosen
  const bases = useMemo(() => basePaths(sandbox), [sandbox])
  return (
    <Tabs
      label="Local sandbox"
      selected={tab}
      onSelect={setTab}
      trailing={tab !== 'banks' && <TenantChoice tenants={tenants} />}
      tabs={[
        {
          id: 'banks',
          label: 'Banks and customers',
          content: (
            <div className="flex flex-col gap-3 p-3">
              <BankAddresses sandbox={sandbox} />
              {/* Last, because they are asked for: what comes late must not move what is there. */}
              {sandbox.banks.map(({ id }) => (
                <BankCustomers key={id} bank={id} />
              ))}
            </div>
          ),
        },
        {
          id: 'log',
          label: 'Log',
          content: tenant === null ? <NoTenant /> : <TenantLog key={tenant} tenant={tenant} bases={bases} />,
        },
        {
          id: 'steer',
          label: 'Clock and faults',
          content:
            tenant === null ? (
              <NoTenant />
            ) : (
              <div key={tenant} className="flex max-w-3xl flex-col gap-3 p-3">
                <TenantClock tenant={tenant} />
                <TenantSwitches tenant={tenant} />
              </div>
            ),
        },
      ]}
    />
  )
}
