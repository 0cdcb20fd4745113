/** One exchange in one line: what went out, what came back, the ways to look closer; when it failed, why stands below. */
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { choose } from '../app-state.ts'
import { openExchange, openOperation } from '../open.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { bankCode } from './bank-code.ts'
import { deliveryOf, deliveryWords } from './delivery.ts'
import { ExplanationPanel } from './explanation-panel.tsx'
import { duration } from './measures.ts'
import { statusTone, statusWords } from './status-words.ts'

export const succeeded = ({ response }: Exchange): boolean =>
  response !== null && response.status >= 200 && response.status < 300

/** Path and query: the address of the bank is the same in every line. */
function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url)
    return `${pathname}${search}`
  } catch {
    return url
  }
}

/** History makes the draft of what was sent, without its secrets; a draft in hand has everything. */
async function openAsRequest({ id, bank, environment }: Exchange, given: DraftInput | null): Promise<void> {
  const { draft, leftOut } =
    given === null ? await api.history.draft({ id }) : { draft: { ...given, insist: false }, leftOut: [] }
  choose({ bank, environment })
  openOperation(draft.operation, draft)
  if (leftOut.length > 0)
    notify('caution', 'The request is not whole', 'Secrets are not kept in History: fill in what is missing.')
}

function Answer({ exchange }: { readonly exchange: Exchange }) {
  const { response } = exchange
  if (response === null)
    return (
      <Badge tone="bad">
        {exchange.fault?.code === 'CANCELLED' ? 'Cancelled' : `No answer: ${deliveryWords[deliveryOf(exchange)]}`}
      </Badge>
    )
  const code = response.status >= 400 ? bankCode(response.body) : null
  return (
    <>
      <Badge tone={statusTone(response.status)}>{statusWords(response.status)}</Badge>
      {code !== null && <span className="font-mono text-sm wrap-anywhere">{code}</span>}
    </>
  )
}

/**
 * @param draft what was sent, where it is at hand: with the values history does not keep
 * @param quiet leaves the explanation to whoever shows the line, as where a 401 is a step and no failure
 */
export function ExchangeLine({
  exchange,
  draft = null,
  quiet = false,
}: {
  readonly exchange: Exchange
  readonly draft?: DraftInput | null
  readonly quiet?: boolean
}) {
  const open = useAction(() => openAsRequest(exchange, draft))
  const { request, timings } = exchange
  const failed = !succeeded(exchange)
  return (
    <section
      aria-label={`Exchange ${exchange.operation}`}
      className={`min-w-0 rounded-md border bg-surface ${failed && !quiet ? 'border-bad' : 'border-line'}`}
    >
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1">
        <p role="status" className="flex min-w-xs flex-1 flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="font-mono text-sm wrap-anywhere">
            {request.method} {pathOf(request.url)}
          </span>
          <span aria-hidden="true">→</span>
          <Answer exchange={exchange} />
          <span className="text-muted">{duration(timings.total)}</span>
        </p>
        <Button kind="quiet" onClick={() => openExchange(exchange.id)}>
          Open exchange
        </Button>
        <Button kind="quiet" busy={open.busy} onClick={() => void open.run()}>
          Open as request
        </Button>
      </div>
      {open.fault !== null && <p className="px-3 pb-2 text-bad">{open.fault.message}</p>}
      {failed && !quiet && (
        <div className="border-t border-line">
          <ExplanationPanel exchange={exchange} />
        </div>
      )}
    </section>
  )
}

/** The exchange a fault names: a call that reached the wire is in history although no answer came. */
export async function exchangeOfFault(fault: Fault): Promise<Exchange | null> {
  const { exchange } = fault.details
  return typeof exchange === 'string' ? api.history.show({ id: exchange }).catch(() => null) : null
}
