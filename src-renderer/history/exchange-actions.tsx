/** What can be done with one exchange: sent again, held against another one, deleted. */
import { useState } from 'react'
import type { KeptExchange } from '#shared/contract/history.ts'
import { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { changeHistoryView } from './history-view.ts'
import { mustAsk, openAsRequest, type Resend, resendOf, sendAgain } from './resend.ts'
import { SendAgainDialog } from './send-again-dialog.tsx'

/** Holds the exchange against the one of the same operation that was made before it. */
async function compareWithBefore({ id, bank, environment, operation }: KeptExchange): Promise<void> {
  const [before] = await api.history.list({ bank, environment, operation, before: id, limit: 1 })
  if (before === undefined) notify('neutral', 'Nothing to compare with', `There is no earlier ${operation} here.`)
  else changeHistoryView({ against: before.id })
}

function useSendAgain(exchange: KeptExchange) {
  const [asking, setAsking] = useState<Resend | null>(null)
  const send = useAction(async (resend: Resend) => {
    const fault = await sendAgain(exchange.id, resend)
    if (fault !== null) throw fault
  })
  const begin = useAction(async () => {
    const resend = await resendOf(exchange.id)
    if (mustAsk(exchange, resend)) setAsking(resend)
    else void send.run(resend)
  })
  return { asking, close: () => setAsking(null), send, begin }
}

const draftFault = (fault: Fault | null): Fault | null =>
  fault?.code === 'INTERNAL' ? new Fault('INTERNAL', 'Whether it was sent is not known. The newest rows say.') : fault

export function ExchangeActions({
  exchange,
  onCompare,
  onDelete,
}: {
  readonly exchange: KeptExchange
  /** The person will choose the other one. */
  readonly onCompare: () => void
  readonly onDelete: () => void
}) {
  const open = useAction(async () => openAsRequest(await resendOf(exchange.id)))
  const before = useAction(() => compareWithBefore(exchange))
  const { asking, close, send, begin } = useSendAgain(exchange)
  return (
    <>
      <Button kind="danger" onClick={onDelete}>
        Delete
      </Button>
      <div className="flex basis-full flex-wrap gap-2">
        <Button busy={open.busy} onClick={() => void open.run()}>
          Open as request
        </Button>
        <Button busy={begin.busy || send.busy} onClick={() => void begin.run()}>
          {send.busy ? 'Sending …' : 'Send again'}
        </Button>
        <Button onClick={onCompare}>Compare with …</Button>
        <Button
          busy={before.busy}
          title="The exchange of the same operation that was made before it"
          onClick={() => void before.run()}
        >
          Compare with previous
        </Button>
      </div>
      <div className="w-full empty:hidden">
        <FaultNotice fault={open.fault ?? begin.fault} title="The request cannot be made anew" />
        <FaultNotice fault={before.fault} title="The one before cannot be found" />
        <FaultNotice fault={draftFault(send.fault)} title="It was not sent again" />
      </div>
      {asking !== null && (
        <SendAgainDialog
          exchange={exchange}
          resend={asking}
          onClose={close}
          onSend={() => {
            close()
            void send.run(asking)
          }}
        />
      )}
    </>
  )
}
