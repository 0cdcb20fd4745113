/** Fills a history with many exchanges of one bank, straight into its tables: the way of one exchange is what is measured afterwards. */
import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { wordsOf } from '#core/history/exchange-words.ts'
import { positionOf } from '#core/history/position.ts'
import type { Exchange } from '#shared/contract/exchange.ts'

/** @param file of a history that has its tables. @param exchange the one to keep at an index, oldest first */
export function fillHistory(file: string, count: number, exchange: (index: number) => Exchange): void {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA synchronous = OFF')
  const row =
    database.prepare(`INSERT INTO exchange (position, id, at, bank, environment, operation, method, url, status,
    status_class, error_id, error_title, identity, request_id, total) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const content = database.prepare('INSERT INTO content (position, document, sealed) VALUES (?, ?, ?)')
  const words = database.prepare('INSERT INTO exchange_words (rowid, words) VALUES (?, ?)')
  const sealed = Buffer.alloc(2100, 7)
  for (let index = 0; index < count; index++) {
    if (index % 1000 === 0) database.exec(index === 0 ? 'BEGIN' : 'COMMIT; BEGIN')
    const one = exchange(index)
    const { id, at, bank, environment, operation, identity, request, response, explanations, timings } = one
    const sent = request.headers.find(([name]) => name.toLowerCase() === 'x-request-id')?.[1]
    const [status, requestId, position] = [response!.status, sent ?? randomUUID(), positionOf(at)]
    const why = explanations[0]
    const more = [why?.errorId ?? null, why?.title ?? null]
    const named = [id, at, bank, environment, operation, request.method, request.url, status, Math.floor(status / 100)]
    row.run(position, ...named, ...more, identity, requestId, timings.total)
    content.run(position, JSON.stringify({ ...one, response: { ...response, body: '' } }), sealed)
    words.run(position, wordsOf({ ...one, ...request, requestId, status, fault: null, more }))
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}
