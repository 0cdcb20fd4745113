/** How the local sandbox shows an error row, and the button that makes it do so: step by step, to be stopped, ending in the exchange. */
import type { ErrorView } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { ExchangeView } from '../exchange/exchange-view.tsx'
import { openExchange, openOperation } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { Prose } from '../ui/prose.tsx'
import { useAction } from '../ui/use-action.ts'
import { endOf, openProvoked, type ProvokeEnd, provoking, startProvoking, stepsOf } from './provoking.ts'

function Word({ children }: { readonly children: string }) {
  return <code className="rounded-sm bg-raised px-1 font-mono text-sm">{children}</code>
}

function How({ row }: { readonly row: ErrorView }) {
  const { kind, how, needs } = row.reproduce
  if (kind === 'switch')
    return (
      <p className="max-w-prose">
        The fault <Word>{how}</Word> is switched on inside the bank: no mistake of a client leads here.
      </p>
    )
  return (
    <>
      <Prose text={how} />
      {needs !== undefined && (
        <p className="max-w-prose">
          The bank minds it only while its switch <Word>{needs}</Word> is on.
        </p>
      )}
    </>
  )
}

function Progress({ steps }: { readonly steps: ReturnType<typeof stepsOf> }) {
  const latest = steps.at(-1)
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-3">
        <progress
          aria-label="Steps of the reproduction"
          className="h-1 min-w-0 flex-1 appearance-none overflow-hidden rounded-sm border-0 bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
          max={latest?.of ?? 1}
          value={latest === undefined ? 0 : latest.step - 1}
        />
        <Button onClick={provoking.cancel}>Cancel</Button>
      </div>
      <p role="status" className="wrap-anywhere">
        {latest === undefined ? 'Preparing …' : `${latest.step} of ${latest.of}: ${latest.text} …`}
      </p>
    </div>
  )
}

function Verdict({ end }: { readonly end: ProvokeEnd }) {
  const { came, failed, differences } = end
  if (came) return <Notice tone="good" title="The bank answered with this row." />
  if (failed !== null)
    return (
      <Notice tone="bad" title={`Step ${failed.step} did not come out: ${failed.text}`}>
        {failed.message}
      </Notice>
    )
  return (
    <Notice tone="bad" title="The bank answered otherwise.">
      <Facts
        facts={differences.map(({ field, wanted, found }) => [
          field,
          <span
            key={field}
            className="font-mono text-sm"
          >{`${found ?? 'nothing'} instead of ${wanted ?? 'nothing'}`}</span>,
        ])}
      />
    </Notice>
  )
}

function Provoked({ exchange }: { readonly exchange: Exchange }) {
  const { run, busy, fault } = useAction(openProvoked)
  return (
    <>
      <div className="flex h-96 min-h-0 min-w-0 flex-col overflow-hidden rounded-md border border-line">
        <ExchangeView key={exchange.id} exchange={exchange} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => openExchange(exchange.id)}>Open in History</Button>
        <Button busy={busy} onClick={() => void run(exchange)}>
          Open in Requests
        </Button>
      </div>
      <FaultNotice fault={fault} title="The request cannot be opened" />
    </>
  )
}

function Run({ row }: { readonly row: ErrorView }) {
  const { subject, events, running, cancelled, fault } = provoking()
  const mine = subject === row.id
  const end = mine ? endOf(events) : null
  const { recipe = false } = row.reproduce
  if (mine && running) return <Progress steps={stepsOf(events)} />
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={!recipe || running} onClick={() => void startProvoking(row.id)}>
          Reproduce in the sandbox
        </Button>
        {!recipe && (
          <p className="text-muted">
            The error table does not say step by step how: follow the sentence above by hand.
          </p>
        )}
        {recipe && running && <p className="text-muted">Another row is being reproduced: {subject}</p>}
      </div>
      {mine && cancelled && (
        <Notice title="Stopped">
          Nothing is left of it: keys, consents and the organisation were made for this only.
        </Notice>
      )}
      {mine && <FaultNotice fault={fault} title="The row was not reproduced" />}
      {end !== null && <Verdict end={end} />}
      {end?.exchange != null && <Provoked exchange={end.exchange} />}
    </>
  )
}

export function ErrorReproduction({ row }: { readonly row: ErrorView }) {
  const { operation } = row.reproduce
  return (
    <DetailSection
      title="How the local sandbox shows it"
      action={
        <Button kind="quiet" onClick={() => openOperation(operation, { bank: row.bank, environment: 'sandbox' })}>
          Open {operation}
        </Button>
      }
    >
      <div className="flex flex-col gap-2">
        <How row={row} />
        <Run key={row.id} row={row} />
      </div>
    </DetailSection>
  )
}
