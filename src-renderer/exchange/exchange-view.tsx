/** An exchange from every side: status, explanation, body, headers, TLS, signature, timing and the request as sent. */
import { useState } from 'react'
import type { Exchange } from '#shared/contract/exchange.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { type Tab, Tabs } from '../ui/tabs.tsx'
import { BodyPanel } from './body-panel.tsx'
import { ExplanationPanel } from './explanation-panel.tsx'
import { HeaderTable } from './header-table.tsx'
import { LargeBodyPanel } from './large-body-panel.tsx'
import { RequestPanel } from './request-panel.tsx'
import { SignaturePanel } from './signature-panel.tsx'
import { StatusLine } from './status-line.tsx'
import { TimingPanel } from './timing-panel.tsx'
import { TlsPanel } from './tls-panel.tsx'

/** What a person looks at first: the body where it worked, the reason where it did not. */
const firstTab = ({ response }: Exchange): string =>
  response !== null && response.status < 400 ? 'body' : 'explanation'

const headerOf = (headers: readonly (readonly [string, string])[], name: string): string | null =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? null

const scrolling = 'min-h-0 flex-1'

const notHere = 'The body is not here; the notice above says why.'

function tabsOf(exchange: Exchange, bodies: boolean): Tab[] {
  const { request, response, tls, timings } = exchange
  return [
    {
      id: 'explanation',
      label: 'Explanation',
      content: (
        <ScrollArea label="Explanation" className={scrolling}>
          <ExplanationPanel exchange={exchange} />
        </ScrollArea>
      ),
    },
    {
      id: 'body',
      label: 'Body',
      content:
        response === null ? (
          <p className="p-3 text-muted">No answer came, so there is no body.</p>
        ) : !bodies && response.size > 0 ? (
          <p className="p-3 text-muted">{notHere}</p>
        ) : response.bodyComplete === false ? (
          <LargeBodyPanel key={exchange.id} exchange={exchange.id} response={response} />
        ) : (
          <BodyPanel
            text={response.body}
            size={response.size}
            contentType={headerOf(response.headers, 'content-type')}
          />
        ),
    },
    {
      id: 'headers',
      label: 'Headers',
      content: (
        <ScrollArea label="Headers" className={scrolling}>
          {response !== null && <HeaderTable caption="Answer" headers={response.headers} />}
          <HeaderTable caption="Request as sent" headers={request.headers} />
        </ScrollArea>
      ),
    },
    {
      id: 'tls',
      label: 'TLS',
      content: (
        <ScrollArea label="TLS" className={scrolling}>
          <TlsPanel tls={tls} url={request.url} />
        </ScrollArea>
      ),
    },
    {
      id: 'signature',
      label: 'Signature',
      content: (
        <ScrollArea label="Signature" className={scrolling}>
          <SignaturePanel exchange={exchange} />
        </ScrollArea>
      ),
    },
    {
      id: 'timing',
      label: 'Timing',
      content: (
        <ScrollArea label="Timing" className={scrolling}>
          <TimingPanel timings={timings} />
        </ScrollArea>
      ),
    },
    {
      id: 'request',
      label: 'Request',
      content: <RequestPanel exchange={exchange} without={bodies ? 'Sent without a body.' : notHere} />,
    },
  ]
}

export function ExchangeView({
  exchange,
  bodies = true,
}: {
  readonly exchange: Exchange
  /** false: they are not known, and whoever shows the exchange says why. */
  readonly bodies?: boolean
}) {
  const first = firstTab(exchange)
  // A choice holds as long as calls end alike: after a failure the reason comes first again.
  const [choice, setChoice] = useState({ under: first, tab: first })
  const selected = choice.under === first ? choice.tab : first
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <StatusLine exchange={exchange} />
      <Tabs
        label="Exchange"
        tabs={tabsOf(exchange, bodies)}
        selected={selected}
        onSelect={(tab) => setChoice({ under: first, tab })}
      />
    </div>
  )
}
