/** Calls as one line each: one that failed stands where it was made, with the explanation; the latest one that did not stands below. */
import { ExchangeLine, succeeded } from '../exchange/exchange-line.tsx'
import { useSending } from '../forms/sending.ts'
import { isSchemaFault } from '../requests/check-draft.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { useLatestCall } from './latest-call.ts'

/** Silent while nothing was sent, and where the call did what it was for. */
export function FailedCall({
  name,
  onInsist,
}: {
  readonly name: string
  /** Sends what breaks the schema all the same, to see what the bank says. */
  readonly onInsist?: () => void
}) {
  const { exchange, draft, fault } = useSending(name)
  if (fault === null && (exchange === null || succeeded(exchange))) return null
  return (
    <>
      <h2 className="sr-only">The call that failed</h2>
      <FaultNotice
        fault={fault}
        title="It was not sent"
        action={
          onInsist !== undefined &&
          fault !== null &&
          isSchemaFault(fault) && <Button onClick={onInsist}>Send it all the same</Button>
        }
      />
      {exchange !== null && <ExchangeLine exchange={exchange} draft={draft} />}
    </>
  )
}

export function LatestCall({ book }: { readonly book: string }) {
  const name = useLatestCall(book)
  const { exchange, draft } = useSending(name ?? '')
  if (exchange === null || !succeeded(exchange)) return null
  return (
    <div className="shrink-0 border-t border-line bg-surface px-3 py-1">
      <ExchangeLine exchange={exchange} draft={draft} />
    </div>
  )
}
