/** Asks before a call is repeated that may change something, that goes to production, or that is not whole any more. */
import type { KeptExchange } from '#shared/contract/history.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { useFirstFocus } from '../ui/use-first-focus.ts'
import { leftOutSentence } from './left-out-words.ts'
import { isProduction, openAsRequest, type Resend } from './resend.ts'

function Consequences({ exchange, resend }: { readonly exchange: KeptExchange; readonly resend: Resend }) {
  const { draft } = resend
  const { method, url } = exchange.request
  const own = Object.entries({ ...draft.parameters, ...draft.headers }).find(
    ([name]) => name.toLowerCase() === 'x-request-id',
  )
  return (
    <>
      {isProduction(draft) && <Notice tone="bad" title="This goes to production" />}
      <p className="wrap-anywhere">
        <span className="font-mono text-sm">
          {method} {url}
        </span>
      </p>
      {exchange.response === null && (
        <p>The first call got no answer. Read the state at the bank before you send it again.</p>
      )}
      {own === undefined ? (
        <p>For the bank it is another request, with an X-Request-ID of its own: what it did once it may do twice.</p>
      ) : (
        <p>
          It carries the X-Request-ID of then, <span className="font-mono text-sm">{own[1]}</span>: the bank may take it
          for the same request.
        </p>
      )}
    </>
  )
}

export function SendAgainDialog({
  exchange,
  resend,
  onSend,
  onClose,
}: {
  readonly exchange: KeptExchange
  readonly resend: Resend
  readonly onSend: () => void
  readonly onClose: () => void
}) {
  const first = useFirstFocus<HTMLDivElement>()
  const { draft, leftOut } = resend
  const whole = leftOut.length === 0
  return (
    <Dialog title={`Send ${draft.operation} again?`} onClose={onClose}>
      <div className="flex flex-col gap-2">
        {whole ? (
          <Consequences exchange={exchange} resend={resend} />
        ) : (
          <>
            <p>It cannot be sent as it was. Open it as a request and fill in what is missing.</p>
            <ul className="list-disc pl-4">
              {leftOut.map((each) => (
                <li key={`${each.part} ${each.name}`}>{leftOutSentence(each)}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div ref={first} className="flex gap-2">
        {whole ? (
          <Button kind={isProduction(draft) ? 'danger' : 'primary'} onClick={onSend}>
            {isProduction(draft) ? 'Send again to production' : 'Send again'}
          </Button>
        ) : (
          <Button kind="primary" onClick={() => openAsRequest(resend)}>
            Open as request
          </Button>
        )}
        <Button data-first-focus onClick={onClose}>
          Do not send
        </Button>
      </div>
    </Dialog>
  )
}
