/** The first line of an exchange: what came back, how fast, how much. */
import type { Exchange } from '#shared/contract/exchange.ts'
import type { Tone } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { notify } from '../ui/notifications.tsx'
import { bankCode } from './bank-code.ts'
import { curlCommand } from './curl-command.ts'
import { deliveryOf, deliveryWords } from './delivery.ts'
import { byteSize, duration } from './measures.ts'
import { statusTone, statusWords } from './status-words.ts'

const inks: Readonly<Record<Tone, string>> = {
  neutral: 'text-ink',
  good: 'text-good',
  caution: 'text-caution',
  bad: 'text-bad',
  accent: 'text-accent',
}

async function copyAsCurl(exchange: Exchange): Promise<void> {
  try {
    await navigator.clipboard.writeText(curlCommand(exchange))
    notify('good', 'Copied as cURL', 'Secrets stay redacted: put in your own token, certificate and key.')
  } catch {
    notify('bad', 'Not copied', 'The clipboard refused. Give the window the right to write to it.')
  }
}

const atTime = (at: string): string => new Date(at).toLocaleTimeString('en-GB')

export function StatusLine({ exchange }: { readonly exchange: Exchange }) {
  const { response, fault, timings, at } = exchange
  const tone = response === null ? 'bad' : statusTone(response.status)
  const code = response !== null && response.status >= 400 ? bankCode(response.body) : (fault?.code ?? null)
  return (
    <div className="flex h-9 shrink-0 items-center gap-3 border-b border-line bg-surface px-3">
      <p role="status" className="flex min-w-0 items-baseline gap-3">
        <strong className={`shrink-0 ${inks[tone]}`}>
          {response === null ? (fault?.code === 'CANCELLED' ? 'Cancelled' : 'No answer') : statusWords(response.status)}
        </strong>
        {response === null && <span className="shrink-0">{deliveryWords[deliveryOf(exchange)]}</span>}
        {code !== null && (
          <span className="truncate font-mono text-sm" title={code}>
            {code}
          </span>
        )}
      </p>
      <span className="flex-1" />
      <span className="shrink-0 text-muted">{duration(timings.total)}</span>
      {response !== null && <span className="shrink-0 text-muted">{byteSize(response.size)}</span>}
      <time dateTime={at} title={at} className="shrink-0 text-muted">
        {atTime(at)}
      </time>
      <Button kind="quiet" title="Secrets stay redacted" onClick={() => void copyAsCurl(exchange)}>
        Copy as cURL
      </Button>
    </div>
  )
}
