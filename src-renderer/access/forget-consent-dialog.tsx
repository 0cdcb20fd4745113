/** Asks before a consent or payment is taken off the list. */
import type { Remembered } from '#shared/contract/followed.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { useAction } from '../ui/use-action.ts'
import { refreshAccess } from './access-data.ts'
import { keyStoreOpen } from './key-store-open.ts'

export function ForgetConsentDialog({
  consent,
  onClose,
}: {
  readonly consent: Remembered
  readonly onClose: () => void
}) {
  const forget = useAction(async () => {
    if (!keyStoreOpen()) return
    await api.access.forgetConsent({ consent: consent.id })
    await refreshAccess()
    onClose()
  })
  return (
    <Dialog title={`Forget this ${consent.kind} here?`} onClose={onClose}>
      <p>
        <span className="font-mono wrap-anywhere">{consent.resource}</span> leaves this list, with its links. At the
        bank it stays as it is{consent.final ? '.' : ', and what it allows with it.'}
      </p>
      <FaultNotice fault={forget.fault} title="It was not forgotten" />
      <div className="flex gap-2">
        <Button kind="danger" busy={forget.busy} onClick={() => void forget.run()}>
          Forget it
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </Dialog>
  )
}
