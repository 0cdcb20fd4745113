/** Asks before a consent or payment is ended at the bank, and says what the bank answered. */

import { useState } from 'react'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { api } from '../api.ts'
import { openExchange } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { refreshAccess } from './access-data.ts'
import { FaultRemedy } from './fault-remedy.tsx'
import { keyStoreOpen } from './key-store-open.ts'

function Refused({ exchange }: { readonly exchange: Exchange }) {
  const [explanation] = exchange.explanations
  return (
    <Notice
      tone="bad"
      title={exchange.response === null ? 'No answer came' : `The bank answered ${exchange.response.status}`}
      action={<Button onClick={() => openExchange(exchange.id)}>Open in History</Button>}
    >
      {explanation?.fix ?? exchange.fault?.message ?? 'It is still there.'}
    </Notice>
  )
}

export function DeleteConsentDialog({
  consent,
  parameters,
  onClose,
}: {
  readonly consent: Remembered
  readonly parameters: Readonly<Record<string, string>>
  readonly onClose: () => void
}) {
  const [refused, setRefused] = useState<Exchange | null>(null)
  const remove = useAction(async () => {
    if (!keyStoreOpen()) return
    setRefused(null)
    const { consent: after, exchange } = await api.access.deleteConsent({ consent: consent.id, parameters })
    await refreshAccess()
    const status = exchange.response?.status ?? 0
    if (status < 200 || status >= 300) return setRefused(exchange)
    onClose()
    notify(
      after.final ? 'good' : 'neutral',
      `The bank answered ${status}`,
      after.final ? `The ${consent.kind} is ended.` : 'It may have to be authorised before it takes effect; follow it.',
    )
  })
  return (
    <Dialog title={`Delete this ${consent.kind} at the bank?`} onClose={onClose}>
      <p>
        <span className="font-mono wrap-anywhere">{consent.resource}</span> is ended at the bank, which cannot be
        undone.
        {consent.environment === 'production' && ' It is a real customer’s.'}
      </p>
      {refused !== null && <Refused exchange={refused} />}
      <FaultNotice fault={remove.fault} title="It was not deleted" action={<FaultRemedy fault={remove.fault} />} />
      <div className="flex gap-2">
        <Button kind="danger" busy={remove.busy} onClick={() => void remove.run()}>
          Delete
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </Dialog>
  )
}
