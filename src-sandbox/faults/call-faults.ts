/** What each fault of a call makes of the bank's answer. */
import type { PageAnswer } from '#sandbox/bank/simulated-bank.ts'
import type { Delivery, Received } from '#sandbox/net/answer.ts'
import { drip, gzipBomb, halfCloseAfter, hang, huge, resetAfter } from './broken-deliveries.ts'
import type { CallFaultId } from './fault-kinds.ts'
import type { Parameters } from './fault-settings.ts'
import { gatewayPage, withDuplicateKeys, withInvalidUtf8 } from './spoilt-bodies.ts'

export interface Spoiling {
  readonly answer: PageAnswer
  readonly parameters: Parameters
  readonly received: Received
  /** A URL of the other origin that belongs to this call. */
  elsewhere(): Promise<string>
}

/** Null where the fault does not fit this answer. */
type Spoil = (spoiling: Spoiling) => PageAnswer | null | Promise<PageAnswer | null>

const numberOf = ({ parameters }: Spoiling, name: string): number => Number(parameters[name])

const delivered = (answer: PageAnswer, delivery: Delivery): PageAnswer => ({
  ...answer,
  delivery: { ...answer.delivery, ...delivery },
})

const json = { 'content-type': 'application/json' }
const html = { 'content-type': 'text/html; charset=utf-8' }

const withStatus =
  (status: number, title: string): Spoil =>
  ({ answer, parameters }) => {
    if (parameters.body === 'empty') return { ...answer, status, headers: {}, body: null }
    return parameters.body === 'json'
      ? { ...answer, status, headers: json, body: JSON.stringify({ status, title }) }
      : { ...answer, status, headers: html, body: gatewayPage(status) }
  }

const cut =
  (transmit: typeof resetAfter): Spoil =>
  (spoiling) => {
    const after = numberOf(spoiling, 'after')
    return delivered(spoiling.answer, { transmit: transmit(after), unanswered: after === 0 })
  }

const bytesOf = ({ body }: PageAnswer): Buffer => Buffer.from(body ?? '')

export const grantTypeOf = ({ body, query }: Received): string | null =>
  new URLSearchParams(body.toString('latin1')).get('grant_type') ?? query.get('grant_type')

const loseRefreshAnswer: Spoil = ({ answer, received }) =>
  grantTypeOf(received) === 'refresh_token' && answer.status === 200
    ? delivered(answer, { transmit: resetAfter(0), unanswered: true })
    : null

/** Changes where a browser is sent; null where it is sent nowhere, or nothing changes. */
function sentTo(answer: PageAnswer, change: (url: URL) => void): PageAnswer | null {
  const location = answer.headers.location ?? ''
  if (answer.status < 300 || answer.status > 399 || !URL.canParse(location)) return null
  const url = new URL(location)
  change(url)
  return url.href === new URL(location).href ? null : { ...answer, headers: { ...answer.headers, location: url.href } }
}

export const callFaults: Readonly<Record<CallFaultId, Spoil>> = {
  latency: (spoiling) => delivered(spoiling.answer, { delay: numberOf(spoiling, 'milliseconds') }),
  drip: (spoiling) => delivered(spoiling.answer, { transmit: drip(numberOf(spoiling, 'rate')) }),
  hang: ({ answer }) => delivered(answer, { transmit: hang, unanswered: true }),
  reset: cut(resetAfter),
  'half-close': cut(halfCloseAfter),
  'status-500': withStatus(500, 'Internal Server Error'),
  'status-502': withStatus(502, 'Bad Gateway'),
  'status-503': withStatus(503, 'Service Unavailable'),
  'status-504': withStatus(504, 'Gateway Timeout'),
  'too-many-requests': ({ answer, parameters }) => ({
    ...answer,
    status: 429,
    headers: { ...json, 'retry-after': String(parameters['retry-after']) },
    body: JSON.stringify({ status: 429, title: 'Too Many Requests' }),
  }),
  'empty-200': ({ answer }) => ({
    ...answer,
    status: 200,
    headers: { 'content-type': answer.headers['content-type'] ?? 'application/json' },
    body: '',
  }),
  html: (spoiling) => {
    const status = numberOf(spoiling, 'status')
    return { ...spoiling.answer, status, headers: html, body: gatewayPage(status) }
  },
  'invalid-utf-8': ({ answer }) => ({ ...answer, body: withInvalidUtf8(bytesOf(answer)) }),
  'duplicate-keys': ({ answer }) => ({ ...answer, body: withDuplicateKeys(bytesOf(answer).toString('utf8')) }),
  'huge-body': (spoiling) => delivered(spoiling.answer, { transmit: huge(numberOf(spoiling, 'size')) }),
  'gzip-bomb': (spoiling) => delivered(spoiling.answer, { transmit: gzipBomb(numberOf(spoiling, 'size')) }),
  'lost-refresh-answer': loseRefreshAnswer,
  'missing-state': ({ answer }) => sentTo(answer, (url) => url.searchParams.delete('state')),
  'redirect-elsewhere': async ({ answer, elsewhere }) => ({
    ...answer,
    status: 302,
    headers: { location: await elsewhere() },
    body: null,
  }),
  'redirect-other-uri': ({ answer }) =>
    sentTo(answer, (url) => {
      url.pathname = `${url.pathname.replace(/\/$/, '')}/not-asked-for`
    }),
  'clock-skew': (spoiling) => ({
    ...spoiling.answer,
    headers: {
      ...spoiling.answer.headers,
      date: new Date(Date.now() + numberOf(spoiling, 'seconds') * 1000).toUTCString(),
    },
  }),
}
