/** A call of a report as it may be shown: everything secret in it masked, by name, by form and wherever it is repeated. */
import type { Exchange } from '#shared/contract/exchange.ts'
import { formSecrets, redactBody, redactHeaders, redactText, redactUrl } from '#shared/redact.ts'
import { markedTexts, noMarks } from '#shared/redact-marked.ts'
import type { MarkedSecrets } from '../../banks/bank.ts'
import { type Header, headerIn, type ReportEntry } from './report.ts'

/** null: which operation it is, is not known. */
export type Marked = MarkedSecrets | null

/** Secrets the call names, so that they are masked where it repeats them in words of its own. */
export function secretsOf({ request }: ReportEntry, marked: Marked = null): string[] {
  const marks = marked?.request ?? noMarks
  const authorization = headerIn(request.headers, 'authorization')?.replace(/^\S+\s+/, '')
  const form = /^application\/x-www-form-urlencoded/i.test(headerIn(request.headers, 'content-type') ?? '')
  return [
    ...(authorization === undefined || authorization === '' ? [] : [authorization]),
    ...formSecrets(/\?([^#]*)/.exec(request.url)?.[1] ?? '', marks),
    ...(form ? formSecrets(request.body ?? '', marks) : markedTexts(request.body ?? '', marks)),
  ]
}

/** Largest body that is shown; what is cut off is not masked either, it is gone. */
const mostShown = 512 * 1024

const cut = (body: string): string => (body.length > mostShown ? body.slice(0, mostShown) : body)

export function maskEntry(
  entry: ReportEntry,
  marked: Marked = null,
): {
  request: Exchange['request']
  response: Exchange['response']
  cut: boolean
} {
  const { request, response } = entry
  const secrets = secretsOf(entry, marked)
  const { request: asked, response: answered } = marked ?? { request: noMarks, response: noMarks }
  const masked = (body: string, headers: readonly Header[], marks: readonly string[]) =>
    redactBody(cut(body), headerIn(headers, 'content-type') ?? '', secrets, marks)
  return {
    request: {
      method: request.method,
      url: redactUrl(request.url, secrets, asked),
      headers: redactHeaders(request.headers, secrets, asked),
      body: request.body === null ? null : masked(request.body, request.headers, asked),
    },
    response:
      response === null
        ? null
        : {
            status: response.status,
            headers: redactHeaders(response.headers, secrets, answered),
            body: masked(response.body, response.headers, answered),
            size: Buffer.byteLength(response.body),
          },
    cut: (request.body?.length ?? 0) > mostShown || (response?.body.length ?? 0) > mostShown,
  }
}

/** Every text inside plain data, masked. */
export function maskTexts(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return redactText(value, secrets)
  if (Array.isArray(value)) return value.map((each) => maskTexts(each, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, maskTexts(each, secrets)]))
}
