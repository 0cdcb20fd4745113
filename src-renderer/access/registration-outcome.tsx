/** What the bank said to the registration: taken, known already, or declined with its error row and remedy. */
import { lazy, Suspense } from 'react'
import type { Registration } from '#shared/contract/access.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { show } from '../app-state.ts'
import { Button } from '../ui/button.tsx'
import { Loading, Notice } from '../ui/notice.tsx'

const ExchangeView = lazy(async () => ({ default: (await import('../exchange/exchange-view.tsx')).ExchangeView }))

export interface Outcome {
  readonly registration: Registration | null
  readonly already: boolean
  readonly exchange: Exchange
}

function Verdict({ registration, already, exchange }: Outcome) {
  const [why] = exchange.explanations
  const authorise = <Button onClick={() => show('access')}>Authorise a customer</Button>
  if (registration !== null && already)
    return (
      <Notice tone="caution" title="Registered already" action={authorise}>
        The bank keeps what was registered first: callbacks that are new in this list are not known to it.
      </Notice>
    )
  if (registration !== null)
    return (
      <Notice tone="good" title={`${registration.clientId} is registered`} action={authorise}>
        Callback: <span className="font-mono">{registration.callbackUris.join(', ')}</span>
      </Notice>
    )
  if (exchange.response === null)
    return (
      <Notice tone="bad" title="No answer came">
        {exchange.fault?.message}
      </Notice>
    )
  return (
    <Notice
      tone="bad"
      title={`The bank declined: ${exchange.response.status}${why === undefined ? '' : ` ${why.title}`}`}
    >
      {why === undefined
        ? 'No row of the bank’s error table fits the answer.'
        : 'Nothing was registered. The cause and the fix stand below.'}
    </Notice>
  )
}

export function RegistrationOutcome({ outcome }: { readonly outcome: Outcome }) {
  return (
    <div className="flex flex-col gap-3">
      <Verdict {...outcome} />
      <div className="flex h-96 min-h-0 flex-col rounded-md border border-line">
        <Suspense fallback={<Loading what="Exchange" />}>
          <ExchangeView exchange={outcome.exchange} />
        </Suspense>
      </div>
    </div>
  )
}
