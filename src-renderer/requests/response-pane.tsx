/** What came of a draft's last call: under way, an exchange, a fault, or nothing yet. */
import { useEffect } from 'react'
import type { FaultCode } from '#shared/fault.ts'
import { ExchangeView } from '../exchange/exchange-view.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { useNow } from '../ui/use-now.ts'
import { cancelCall, recallExchange, useOutcomes } from './calls.ts'
import { ChallengeOffer } from './challenge-offer.tsx'
import { sendKeys } from './draft-header.tsx'
import type { OpenDraft } from './open-drafts.ts'

const titles: Partial<Record<FaultCode, string>> = {
  CANCELLED: 'Cancelled',
  EXCHANGE_UNKNOWN: 'The outcome is not known',
  INTERNAL: 'The outcome is not known',
}

function UnderWay({ draft, startedAt }: { readonly draft: OpenDraft; readonly startedAt: string }) {
  const now = useNow()
  const past = Math.max(0, now - Date.parse(startedAt))
  return (
    <div className="flex h-9 shrink-0 items-center gap-3 border-b border-line bg-surface px-3">
      <p role="status">Sent. Waiting for the answer …</p>
      <span className="text-muted">{past < 1000 ? '' : `${Math.floor(past / 1000)} s`}</span>
      <span className="flex-1" />
      <Button onClick={() => void cancelCall(draft)}>Cancel</Button>
    </div>
  )
}

export function ResponsePane({ draft }: { readonly draft: OpenDraft }) {
  const outcome = useOutcomes()[draft.id]
  const { id, exchange: remembered } = draft
  useEffect(() => {
    if (remembered !== null) void recallExchange(id, remembered)
  }, [id, remembered])
  if (draft.call !== null) return <UnderWay draft={draft} startedAt={draft.call.startedAt} />
  if (outcome?.exchange != null)
    return (
      <>
        <ChallengeOffer draft={draft} exchange={outcome.exchange} />
        <ExchangeView key={draft.id} exchange={outcome.exchange} />
      </>
    )
  if (outcome?.fault != null)
    return (
      <div className="p-3">
        <FaultNotice fault={outcome.fault} title={titles[outcome.fault.code] ?? 'The call did not leave'} />
      </div>
    )
  return (
    <p className="p-3 text-muted">
      {remembered === null ? `The response appears here. Send with ${sendKeys}.` : 'The last exchange …'}
    </p>
  )
}
