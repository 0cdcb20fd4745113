/** What stands where a tenant's things would be while there is no tenant to look at. */
import { show } from '../app-state.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import type { Tenants } from './use-tenants.ts'

export function NoTenant({ tenants: { list } }: { readonly tenants: Tenants }) {
  if (list.value === null && list.fault === null) return <Loading what="Tenants" />
  if (list.value === null)
    return (
      <div className="p-3">
        <FaultNotice
          fault={list.fault}
          title="The sandbox does not say whom it knows"
          action={<Button onClick={() => void list.refresh()}>Try again</Button>}
        />
      </div>
    )
  return (
    <EmptyState
      title="No identity with an organizationIdentifier"
      action={
        <Button kind="primary" onClick={() => show('keys')}>
          Go to Keys
        </Button>
      }
    >
      The sandbox keeps log, state, clock and faults per tenant: the organizationIdentifier of the certificate that
      calls. Order a test certificate first.
    </EmptyState>
  )
}
