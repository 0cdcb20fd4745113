/** Registration: the certificate checked, the callbacks chosen, the bank told, the outcome kept. */
import { useApp } from '../app-state.ts'
import { bankDetail, registrations } from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { Badge } from '../ui/badge.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { CertificatePanel } from './certificate-panel.tsx'
import { PortalSteps } from './portal-steps.tsx'
import { RegisterForm } from './register-form.tsx'
import { RegistrationList } from './registration-list.tsx'

function Registered() {
  const { registration } = useSelection()
  const { value } = registrations()
  if (value === null) return null
  return registration === null ? (
    <Badge tone="caution">not registered</Badge>
  ) : (
    <Badge tone="good">{`registered as ${registration.clientId}`}</Badge>
  )
}

function Content() {
  const { bank: id } = useApp()
  const { environment } = useSelection()
  const { value: bank, fault } = bankDetail(id)()
  if (bank === null)
    return fault === null ? (
      <Loading what="Registration" />
    ) : (
      <div className="p-4">
        <FaultNotice fault={fault} title="The bank cannot be shown" />
      </div>
    )
  if (environment === null) return <EmptyState title="Choose an environment at the top of the window" />
  if (bank.registration === null)
    return (
      <EmptyState title={`${bank.name} has no registration call`}>
        Its document describes none: go on with access.
      </EmptyState>
    )
  // At a real bank the portal comes before the call; in the local sandbox it is there to be read.
  const local = environment.kind === 'local-sandbox'
  const portal = <PortalSteps bank={bank} environment={environment} />
  return (
    <div className="grid gap-3 p-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] xl:grid-rows-[auto_1fr] xl:items-start">
      <CertificatePanel bank={bank} environment={environment} />
      {!local && portal}
      <div className="min-w-0 xl:col-start-2 xl:row-span-2 xl:row-start-1">
        <RegisterForm key={`${bank.id}/${environment.id}`} bank={bank} environment={environment} />
      </div>
      {local && portal}
      <div className="min-w-0 xl:col-span-2 xl:row-start-3">
        <RegistrationList />
      </div>
    </div>
  )
}

export function RegistrationPane() {
  return (
    <>
      <PaneHead title="Registration">
        <Registered />
      </PaneHead>
      <div className="min-h-0 flex-1 overflow-auto">
        <Content />
      </div>
    </>
  )
}
