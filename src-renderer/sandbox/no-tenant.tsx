/** What stands where a tenant's things would be while there is no identity that makes one. */
import { show } from '../app-state.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/notice.tsx'

export function NoTenant() {
  return (
    <EmptyState
      title="No identity with an organizationIdentifier"
      action={
        <Button kind="primary" onClick={() => show('keys')}>
          Go to Keys
        </Button>
      }
    >
      The sandbox keeps log, clock and faults per tenant: the organizationIdentifier of the certificate that calls.
      Order a test certificate first.
    </EmptyState>
  )
}
