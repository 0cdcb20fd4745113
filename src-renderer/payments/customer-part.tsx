/** An answer that leads the customer to the bank's page before the same call is sent once more: the page, the wait, the repeat. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { FaultRemedy } from '../access/fault-remedy.tsx'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { api } from '../api.ts'
import { authorising, startChallenge } from '../authorising.ts'
import { setSending, useSending } from '../forms/sending.ts'
import { isChallenge, namedWayBack } from '../requests/challenge-link.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { PageLink } from '../ui/page-link.tsx'
import { useAction } from '../ui/use-action.ts'
import { countdown, useNow } from '../ui/use-now.ts'

function Waiting({ bank, exchange }: { readonly bank: BankDetail; readonly exchange: Exchange }) {
  const now = useNow()
  const { subject, events } = authorising()
  const page = events.find((event) => event.type === 'open')
  const back = events.some(({ type }) => type === 'returned')
  const tell = useAction(async () => {
    if (page !== undefined) await api.access.paste({ flow: page.flow, url: page.callback.uri })
  })
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
          <span className="text-muted tabular-nums">{countdown(new Date(subject?.until ?? 0).toISOString(), now)}</span>
          <PageLink href={page.url}>The bank’s page at {page.host}</PageLink>
          {!alone && (
            <Button busy={tell.busy} onClick={() => void tell.run()}>
              The customer is back
            </Button>
          )}
        </>
      )}
      <Button onClick={authorising.cancel}>Cancel</Button>
      <FaultNotice fault={tell.fault} title="The return was not taken" />
    </>
  )
}

/** @param name of the form whose call it is */
export function CustomerPart({
  bank,
  name,
  onAnswer,
}: {
  readonly bank: BankDetail
  readonly name: string
  readonly onAnswer: (exchange: Exchange) => void
}) {
  const { exchange, draft } = useSending(name)
  const { subject, running, cancelled, fault } = authorising()
  if (exchange === null || draft === null || !isChallenge(bank, exchange)) return null
  const mine = subject?.draft === name
  const start = () => {
    if (!keyStoreOpen()) return
    void startChallenge({ id: name, draft, exchange }, (event) => {
      if (event.type !== 'exchange') return
      setSending(name, { exchange: event.exchange })
      onAnswer(event.exchange)
    })
  }
  return (
    <section
      aria-label="The customer’s part"
      className="flex flex-wrap items-center gap-3 rounded-md bg-accent-soft p-3"
    >
      {mine && running ? (
        <Waiting bank={bank} exchange={exchange} />
      ) : (
        <>
          <p className="min-w-48 flex-1">
            {mine && cancelled
              ? 'Cancelled: the call was not sent again.'
              : 'No error: the bank wants its customer first, then the same call once more, newly signed.'}
          </p>
          <Button kind="primary" disabled={running} onClick={start}>
            Open the bank’s page, then repeat
          </Button>
          {mine && (
            <FaultNotice fault={fault} title="The call was not repeated" action={<FaultRemedy fault={fault} />} />
          )}
        </>
      )}
    </section>
  )
}
