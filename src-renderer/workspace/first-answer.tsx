/** What the first call brought: its rows as a small table, the whole exchange one click away. */
import { lazy, Suspense, useMemo, useState } from 'react'
import type { Exchange } from '#shared/contract/exchange.ts'
import { openExchange } from '../open.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Loading } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { answerRows } from './answer-rows.ts'
import { cancelFirstCall, forgetFirstCall, useFirstCall } from './first-call.ts'

const ExchangeView = lazy(async () => ({ default: (await import('../exchange/exchange-view.tsx')).ExchangeView }))

/** Tailwind width a column of so many characters needs; the longest ones share what is left. */
const widthFor = (longest: number): string =>
  longest <= 8 ? 'w-24' : longest <= 13 ? 'w-32' : longest <= 18 ? 'w-40' : longest <= 26 ? 'w-56' : ''

function Rows({ text }: { readonly text: string }) {
  const answer = useMemo(() => answerRows(text), [text])
  if (answer === null) return <p className="p-3 text-muted">The answer holds no list.</p>
  const { name, columns, rows, total } = answer
  const numbered = rows.map((row, index) => ({ row, key: String(index) }))
  return (
    <>
      <DataTable
        label={name === '' ? 'Rows of the answer' : name}
        columns={columns.map(({ name: id, longest }) => ({
          id,
          head: id,
          width: widthFor(longest),
          cell: ({ row }: (typeof numbered)[number]) => <span title={row[id]}>{row[id]}</span>,
        }))}
        rows={numbered}
        keyOf={({ key }) => key}
      />
      {total > rows.length && (
        <p className="p-2 text-muted">
          {rows.length} of {total} rows; all of them are in the exchange.
        </p>
      )}
    </>
  )
}

function Answer({ exchange }: { readonly exchange: Exchange }) {
  const status = exchange.response?.status ?? null
  const success = status !== null && status >= 200 && status < 300
  const [whole, setWhole] = useState(!success)
  return (
    <Section
      title={`${exchange.request.method} ${new URL(exchange.request.url).pathname}`}
      flush
      trailing={
        <>
          <Badge tone={success ? 'good' : 'bad'}>{status === null ? 'no answer' : `${status}`}</Badge>
          <span className="text-sm text-muted">{Math.round(exchange.timings.total)} ms</span>
          <Button kind="quiet" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? 'Hide the exchange' : 'Show the exchange'}
          </Button>
          <Button kind="quiet" onClick={() => openExchange(exchange.id)}>
            Open in History
          </Button>
          <Button kind="quiet" aria-label="Close the answer" onClick={forgetFirstCall}>
            ×
          </Button>
        </>
      }
    >
      {success &&
        (exchange.response?.bodyComplete === false ? (
          <p className="p-3 text-muted">The answer is too large for a table here; the exchange has all of it.</p>
        ) : (
          <Rows text={exchange.response?.body ?? ''} />
        ))}
      {whole && (
        <div className="flex h-112 min-h-0 flex-col border-t border-line">
          <Suspense fallback={<Loading what="Exchange" />}>
            <ExchangeView exchange={exchange} />
          </Suspense>
        </div>
      )}
    </Section>
  )
}

/** Shown only where the call was made, not under another bank. */
export function FirstAnswer({ bank, environment }: { readonly bank: string; readonly environment: string }) {
  const { call, exchange, fault } = useFirstCall()
  if (call !== null) {
    return (
      <Section
        title="Reading"
        trailing={
          <Button kind="quiet" onClick={() => void cancelFirstCall()}>
            Cancel
          </Button>
        }
      >
        <p role="status" className="text-muted">
          The bank is asked …
        </p>
      </Section>
    )
  }
  if (fault !== null) {
    return (
      <FaultNotice
        fault={fault}
        title={fault.code === 'CANCELLED' ? 'The call was cancelled' : 'No answer came'}
        action={<Button onClick={forgetFirstCall}>Close</Button>}
      />
    )
  }
  if (exchange === null || exchange.bank !== bank || exchange.environment !== environment) return null
  return <Answer exchange={exchange} />
}
