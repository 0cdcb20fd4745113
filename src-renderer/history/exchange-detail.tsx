/** One exchange of History in full, and the way back to a request. */
import type { Exchange } from '#shared/contract/requests.ts'
import { redacted } from '#shared/redacted.ts'
import { api } from '../api.ts'
import { choose } from '../app-state.ts'
import { ExchangeView } from '../exchange/exchange-view.tsx'
import { openOperation } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { localMoment } from '../ui/local-time.ts'
import { Loading } from '../ui/notice.tsx'
import { useLoaded } from '../ui/use-loaded.ts'

/** Goes to where it was sent. A redacted body would be sent as it stands here, so it is left out. */
function openAsRequest({ bank, environment, operation, request: { body } }: Exchange): void {
  choose({ bank, environment })
  openOperation(operation, { bank, environment, ...(body === null || body.includes(redacted) ? {} : { body }) })
}

export function ExchangeDetail({ id }: { readonly id: string }) {
  const { value, fault } = useLoaded(id, (exchange) => api.history.show({ id: exchange }))
  if (fault !== null) {
    return (
      <div className="p-3">
        <FaultNotice fault={fault} title="This exchange cannot be shown" />
      </div>
    )
  }
  if (value === null) return <Loading what="Exchange" />
  const leftOut = value.request.body?.includes(redacted) === true
  return (
    <>
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <h2 className="min-w-0 flex-1 basis-64 text-base wrap-anywhere">
          {value.operation}{' '}
          <span className="font-normal text-muted">
            {localMoment(value.at)} · {value.bank} · {value.environment}
          </span>
        </h2>
        <Button
          title={
            leftOut
              ? 'The operation without its body, which was redacted'
              : 'The operation and its body; parameters are filled in anew'
          }
          onClick={() => openAsRequest(value)}
        >
          Open as request
        </Button>
      </div>
      <ExchangeView key={value.id} exchange={value} />
    </>
  )
}
