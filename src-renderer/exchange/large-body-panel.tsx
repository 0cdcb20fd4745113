/** A body above 2 MB: its beginning at once, more of it when asked for, and every look of it once all is here. */
import type { Exchange } from '#shared/contract/exchange.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { BodyPanel } from './body-panel.tsx'
import { LineList } from './line-list.tsx'
import { byteSize } from './measures.ts'
import { type LargeBody, useLargeBody } from './use-large-body.ts'

type Response = NonNullable<Exchange['response']>

const label = 'Body of the answer'

function Progress({ body, kept }: { readonly body: LargeBody; readonly kept: boolean }) {
  if (!kept) return 'This is the beginning. The rest was not kept; the findings say why.'
  const shown = `The first ${byteSize(body.loaded)} of ${byteSize(body.size)} are shown as they came`
  if (body.loading === 'all') return `${shown}; loading the rest …`
  return `${shown}. It can be indented once all of it is loaded.`
}

function Controls({ body }: { readonly body: LargeBody }) {
  if (body.loading === 'all')
    return (
      <Button kind="quiet" onClick={body.stop}>
        Stop
      </Button>
    )
  return (
    <>
      <Button onClick={body.more} busy={body.loading === 'more'}>
        Show more
      </Button>
      <Button onClick={body.all} disabled={body.loading !== null}>
        Load all {byteSize(body.size)}
      </Button>
    </>
  )
}

export function LargeBodyPanel({ exchange, response }: { readonly exchange: string; readonly response: Response }) {
  const body = useLargeBody(exchange, response)
  const contentType = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null
  if (body.whole !== null)
    return <BodyPanel text={body.whole} size={response.size} contentType={contentType} label={label} />
  const kept = Boolean(response.stored)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-8 shrink-0 items-center gap-3 border-b border-line px-3 text-sm text-muted">
        <span className="truncate">
          {contentType ?? 'no content type'} · {byteSize(response.size)}
        </span>
        <span className="flex-1" />
        <CopyButton text={body.text} label="Copy what is shown" />
      </div>
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 px-3 py-1 text-sm text-muted">
        <p role="status" className="min-w-0 flex-1">
          <Progress body={body} kept={kept} />
          {body.lines.cut && ' More lines than can be drawn are loaded; copy has them.'}
        </p>
        {kept && <Controls body={body} />}
      </div>
      <FaultNotice fault={body.fault} title="The rest of the body could not be loaded" />
      <LineList label={label} lines={body.lines.lines} />
    </div>
  )
}
