/** The running sandbox in tabs: its banks, what they saw, what they keep, what goes wrong in them, their clock, and for whom. */
import { type ReactNode, useMemo } from 'react'
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import { Tabs } from '../ui/tabs.tsx'
import { BanksTab } from './banks-tab.tsx'
import { basePaths } from './base-paths.ts'
import { NoTenant } from './no-tenant.tsx'
import { changeSandboxView, type SandboxTab, useSandboxView } from './sandbox-view.ts'
import { TenantChoice } from './tenant-choice.tsx'
import { TenantClock } from './tenant-clock.tsx'
import { TenantFaults } from './tenant-faults.tsx'
import { TenantLog } from './tenant-log.tsx'
import { TenantState } from './tenant-state.tsx'
import { TenantsTab } from './tenants-tab.tsx'
import { type TenantOption, useTenants } from './use-tenants.ts'

export function RunningView({
  sandbox,
  attached,
}: {
  readonly sandbox: SandboxReady
  /** Base URL of the other machine's control API; null: it is this machine's own. */
  readonly attached: string | null
}) {
  const { tab } = useSandboxView()
  const tenants = useTenants(tab === 'log' || tab === 'tenants', attached !== null)
  const bases = useMemo(() => basePaths(sandbox), [sandbox])
  const changed = () => void tenants.list.refresh()
  const ofTenant = (content: (tenant: TenantOption) => ReactNode): ReactNode =>
    tenants.chosen === null ? <NoTenant tenants={tenants} /> : content(tenants.chosen)
  return (
    <Tabs
      label="Local sandbox"
      selected={tab}
      onSelect={(id) => changeSandboxView({ tab: id as SandboxTab })}
      trailing={tab !== 'banks' && tab !== 'tenants' && <TenantChoice tenants={tenants} />}
      tabs={[
        { id: 'banks', label: 'Banks', content: <BanksTab sandbox={sandbox} attached={attached} /> },
        {
          id: 'log',
          label: 'Log',
          content: ofTenant(({ id }) => <TenantLog key={id} tenant={id} sandbox={sandbox} bases={bases} />),
        },
        {
          id: 'state',
          label: 'State',
          content: ofTenant(({ id }) => <TenantState key={id} tenant={id} sandbox={sandbox} onChanged={changed} />),
        },
        {
          id: 'faults',
          label: 'Faults',
          content: ofTenant(({ id }) => (
            <TenantFaults key={id} tenant={id} sandbox={sandbox} keeper={tenants.keeper} />
          )),
        },
        {
          id: 'clock',
          label: 'Clock',
          content: ofTenant((tenant) => (
            <TenantClock key={tenant.id} tenant={tenant} shared={attached !== null} onMoved={changed} />
          )),
        },
        {
          id: 'tenants',
          label: 'Tenants',
          content: <TenantsTab tenants={tenants} sandbox={sandbox} attached={attached} />,
        },
      ]}
    />
  )
}
