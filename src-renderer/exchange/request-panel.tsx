/** The request as it went out: method, URL, body; secrets redacted. */
import type { Exchange } from '#shared/contract/exchange.ts'
import { BodyPanel } from './body-panel.tsx'
import { deliveryOf, deliveryWords } from './delivery.ts'
import { byteLength } from './measures.ts'
import { MethodName } from './method-name.tsx'

const contentType = (headers: Exchange['request']['headers']): string | null =>
  headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null

export function RequestPanel({
  exchange,
  without,
}: {
  readonly exchange: Exchange
  /** What stands where there is no body. */
  readonly without: string
}) {
  const { method, url, headers, body } = exchange.request
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <p className="flex shrink-0 items-baseline gap-2 px-3 py-2">
        <MethodName method={method} narrow />
        <span className="min-w-0 font-mono text-sm wrap-anywhere">{url}</span>
      </p>
      <p className="shrink-0 px-3 pb-2 text-sm text-muted">
        {deliveryWords[deliveryOf(exchange)]}
        {exchange.grant !== null && (
          <>
            {' '}
            · token of grant <span className="font-mono">{exchange.grant}</span>
          </>
        )}
      </p>
      {body === null ? (
        <p className="px-3 text-muted">{without}</p>
      ) : (
        <BodyPanel text={body} size={byteLength(body)} contentType={contentType(headers)} label="Body of the request" />
      )}
    </div>
  )
}
