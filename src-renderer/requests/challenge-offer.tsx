/** An answer that leads the customer to the bank's page: it is opened, the return awaited, and the same call sent once more. */
import type { Exchange } from '#shared/contract/exchange.ts'
import { api } from '../api.ts'
import { show } from '../app-state.ts'
import { authorising, startChallenge } from '../authorising.ts'
import { bankDetail, keyStore } from '../live-data.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { PageLink } from '../ui/page-link.tsx'
import { useAction } from '../ui/use-action.ts'
import { countdown, useNow } from '../ui/use-now.ts'
import { replaceOutcome } from './calls.ts'
import { isChallenge, namedWayBack } from './challenge-link.ts'
import type { OpenDraft } from './open-drafts.ts'
import { toDraft } from './to-draft.ts'

interface Shown {
  readonly draft: OpenDraft
  readonly exchange: Exchange
}

async function start({ draft, exchange }: Shown): Promise<void> {
  const store = keyStore.getState().value
  if (store !== null && !isKeyStoreReady(store)) return openKeyStoreDialog()
  const again = { id: draft.id, draft: toDraft(draft, exchange.environment, exchange.identity), exchange }
  let over = false
  await startChallenge(again, (event) => {
    if (event.type !== 'exchange') return
    over = true
    replaceOutcome(draft.id, exchange.id, event.exchange)
  })
  if (over) authorising.clear()
}

function Waiting({ exchange, until }: { readonly exchange: Exchange; readonly until: number }) {
  const now = useNow()
  const { events } = authorising()
  const page = events.find((event) => event.type === 'open')
  const back = events.some(({ type }) => type === 'returned')
  const tell = useAction(async () => {
    if (page !== undefined) await api.access.paste({ flow: page.flow, url: page.callback.uri })
  })
  const bank = bankDetail(exchange.bank)().value
  const alone = page?.callback.how === 'listening' && namedWayBack(bank, exchange)
  const step = back
    ? 'The customer is back. The same call is sent once more …'
    : page === undefined
      ? 'The page is asked for …'
      : 'Waiting for the customer'
  return (
    <>
      <p role="status">{step}</p>
      {page !== undefined && !back && (
        <>
          <span className="text-muted tabular-nums">{countdown(new Date(until).toISOString(), now)}</span>
          <PageLink href={page.url}>The bank’s page at {page.host}</PageLink>
          <Button busy={tell.busy} onClick={() => void tell.run()}>
            The customer is back
          </Button>
        </>
      )}
      <span className="flex-1" />
      <Button onClick={authorising.cancel}>Cancel</Button>
      {!alone && page !== undefined && !back && (
        <p className="basis-full text-sm text-muted">
          The call named no address of this machine to come back to: say when the customer is done.
        </p>
      )}
      <FaultNotice fault={tell.fault} title="The return was not taken" />
    </>
  )
}

export function ChallengeOffer({ draft, exchange }: Shown) {
  const bank = bankDetail(exchange.bank)().value
  const { subject, running, cancelled, fault } = authorising()
  if (!isChallenge(bank, exchange)) return null
  const mine = subject?.draft === draft.id
  return (
    <section
      aria-label="The customer’s part"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-accent-soft px-3 py-1.5"
    >
      {mine && running && subject !== null ? (
        <Waiting exchange={exchange} until={subject.until} />
      ) : (
        <>
          <p className="min-w-48 flex-1">
            {mine && cancelled
              ? 'Cancelled: the call was not sent again.'
              : 'No error: the bank wants its customer first, then the same call once more, newly signed.'}
          </p>
          {mine && cancelled && (
            <Button kind="quiet" onClick={() => show('access')}>
              Not finished, in Access
            </Button>
          )}
          <Button kind="primary" disabled={running} onClick={() => void start({ draft, exchange })}>
            Open the bank’s page, then repeat
          </Button>
          {mine && (
            <div className="basis-full empty:hidden">
              <FaultNotice fault={fault} title="The call was not repeated" />
            </div>
          )}
        </>
      )}
    </section>
  )
}
