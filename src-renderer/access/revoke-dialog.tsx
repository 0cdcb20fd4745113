/** Asks before a grant's tokens are forgotten, and says what that means. */
import type { Grant } from '#shared/contract/access.ts'
import { api } from '../api.ts'
import { grants } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'

export function RevokeDialog({ grant, onClose }: { readonly grant: Grant; readonly onClose: () => void }) {
  const revoke = useAction(async () => {
    const { atBank } = await api.access.revoke({ grant: grant.id })
    await grants.refresh()
    onClose()
    notify(
      'neutral',
      'The grant was revoked',
      atBank ? undefined : 'The bank offers no revocation, so it was not told.',
    )
  })
  return (
    <Dialog title="Revoke this grant?" onClose={onClose}>
      <p>
        The tokens of scope <span className="font-mono wrap-anywhere">{grant.scope}</span>
        {grant.customer !== null && ` of ${grant.customer}`} are forgotten here. To get in again the customer has to
        authorise anew.
      </p>
      <FaultNotice fault={revoke.fault} />
      <div className="flex gap-2">
        <Button kind="danger" busy={revoke.busy} onClick={() => void revoke.run()}>
          Revoke
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </Dialog>
  )
}
