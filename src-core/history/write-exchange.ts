/** Writes one exchange: what the list shows, the document, the sealed bodies, the words it is found by. */
import type { Exchange } from '#shared/contract/exchange.ts'
import { explainedRow } from '#shared/explained-row.ts'
import { wordsOf } from './exchange-words.ts'
import type { Parts } from './kept-exchange.ts'
import { freePosition } from './position.ts'
import { type DataKey, sealContent } from './sealed-content.ts'
import type { Write } from './write-queue.ts'

/** What is known of an exchange beyond itself. */
export interface Circumstances {
  readonly grant: string | null
  /** The bank's code of the error row that explains it best. */
  readonly errorCode: string | null
  readonly identityName: string | null
}

/** Seconds by which the bank's clock was ahead when its answer began; its Date header counts whole seconds. */
function clockSkewOf({ at, response, timings }: Exchange): number | null {
  const date = response?.headers.find(([name]) => name.toLowerCase() === 'date')?.[1]
  const answered = Date.parse(at) + timings.total - timings.download
  const seconds = date === undefined ? Number.NaN : Math.round((Date.parse(date) + 500 - answered) / 1000)
  return Number.isNaN(seconds) ? null : seconds
}

/** In the order of the columns. */
function rowOf(exchange: Exchange, { grant, errorCode }: Circumstances, withoutBodies: string | null) {
  const { id, at, bank, environment, operation, identity, request, response, fault, timings } = exchange
  const row = explainedRow(exchange)
  const status = response?.status ?? null
  return {
    id,
    at,
    bank,
    environment,
    operation,
    method: request.method,
    url: request.url,
    status,
    status_class: Math.floor((status ?? 0) / 100),
    fault: fault?.code ?? null,
    error_id: row?.errorId ?? null,
    error_title: row?.title ?? null,
    error_code: errorCode,
    identity,
    grant_id: grant,
    request_id: request.headers.find(([name]) => name.toLowerCase() === 'x-request-id')?.[1] ?? null,
    total: timings.total,
    clock_skew: clockSkewOf(exchange),
    bodies: withoutBodies,
  }
}

const columns = `position, id, at, bank, environment, operation, method, url, status, status_class, fault, error_id,
  error_title, error_code, identity, grant_id, request_id, total, clock_skew, bodies`
const insertRow = `INSERT INTO exchange (${columns}) VALUES (${columns.replace(/\w+/g, '?')})`
const insertContent = 'INSERT INTO content (position, document, draft, sealed) VALUES (?, ?, ?, ?)'
const insertWords = 'INSERT INTO exchange_words (rowid, words) VALUES (?, ?)'

/**
 * What can be done beforehand is done here, the rest by what is returned, inside a transaction.
 * @param key to seal with, or the code of the fault because of which there is none.
 */
export function exchangeWrite(
  exchange: Exchange,
  parts: Parts,
  circumstances: Circumstances,
  key: DataKey | string,
): Write {
  const row = rowOf(exchange, circumstances, typeof key === 'string' ? key : null)
  const sealed = typeof key === 'string' ? null : sealContent(parts.content, exchange.id, key)
  const { grant, errorCode, identityName } = circumstances
  const named = exchange.explanations.filter(({ match }) => match === 'words')
  const titles = named.flatMap(({ errorId, title }) => [errorId, title])
  const words = wordsOf({ ...row, requestId: row.request_id, more: [...titles, errorCode, grant, identityName] })
  const values = Object.values(row)
  return (history) => {
    const position = freePosition(history, exchange.at)
    history.statement(insertRow).run(position, ...values)
    history.statement(insertContent).run(position, parts.document, parts.draft, sealed)
    history.statement(insertWords).run(position, words)
  }
}
