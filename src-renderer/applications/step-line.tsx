/** What became of the last step of a part: its exchange in a line, explained when it failed; or why nothing left. */
import { ExchangeLine } from '../exchange/exchange-line.tsx'
import { cancelSending, useSending } from '../forms/sending.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { type Part, useCase, useExchange } from './cases.ts'
import { sendingOf } from './steps.ts'

export function StepLine({ grant, part }: { readonly grant: string; readonly part: Part }) {
  const sending = sendingOf(grant, part)
  const { busy, fault } = useSending(sending)
  const { exchange, loading } = useExchange(useCase(grant).lines[part])
  return (
    <>
      {busy && part !== 'order' && (
        <p role="status" className="flex items-center gap-3 text-muted">
          Calling the bank …<Button onClick={() => void cancelSending(sending)}>Cancel the call</Button>
        </p>
      )}
      <FaultNotice fault={fault} title="The call was not made" />
      {loading && <p className="text-muted">Loading the last answer …</p>}
      {exchange !== null && (!busy || part === 'order') && <ExchangeLine exchange={exchange} />}
    </>
  )
}

export const useIsBusy = (grant: string, part: Part): boolean => useSending(sendingOf(grant, part)).busy
