/** Finds exchanges, newest first, through one index chosen by us: SQLite knows nothing of how the values are spread. */
import type { HistoryQuery, HistoryRow } from '#shared/contract/history.ts'
import { Fault } from '#shared/fault.ts'
import { wordsQuery } from './exchange-words.ts'
import type { OpenHistory } from './open-history.ts'
import { positionAfter, positionOf } from './position.ts'

const columns = `exchange.position, id, at, bank, environment, operation, method, url, status, fault, error_id AS errorId,
  error_title AS errorTitle, error_code AS errorCode, identity, grant_id AS "grant", request_id AS requestId, total,
  clock_skew AS clockSkew, CASE WHEN bodies IS NULL THEN 'kept' ELSE 'not-kept' END AS bodies`

type Value = string | number
/** Column, comparison, value. */
type Condition = readonly [column: string, comparison: string, value: Value | null]

export const unknownExchange = (id: string): Fault =>
  new Fault('EXCHANGE_UNKNOWN', `History has no exchange "${id}". List them with: tpp history`, { id })

function statusCondition(status: HistoryQuery['status']): Condition[] {
  if (status === undefined) return []
  if (typeof status === 'number') return [['status', '= ?', status]]
  return [['status_class', '= ?', status === 'none' ? 0 : Number(status[0])]]
}

const equal = (column: string, value: Value | undefined): Condition[] =>
  value === undefined ? [] : [[column, '= ?', value]]

/** The rarest values first: the first of them is looked up in its index, the others are compared row by row. */
function conditionsOf(query: HistoryQuery): Condition[] {
  return [
    ...equal('error_id', query.error),
    ...(query.fault === 'any' ? [['fault', 'IS NOT NULL', null] as const] : equal('fault', query.fault)),
    ...equal('operation', query.operation),
    ...(typeof query.status === 'number' ? statusCondition(query.status) : []),
    ...equal('identity', query.identity),
    ...(typeof query.status === 'number' ? [] : statusCondition(query.status)),
    ...equal('bank', query.bank),
    ...equal('environment', query.environment),
    ...equal('method', query.method?.toUpperCase()),
    ...equal('grant_id', query.grant),
  ]
}

function rangeOf(history: OpenHistory, { from, to, before }: HistoryQuery): [string, number][] {
  const range: [string, number][] = []
  if (from !== undefined) range.push(['>= ?', positionOf(from)])
  if (to !== undefined) range.push(['< ?', positionAfter(to)])
  if (typeof before === 'number') range.push(['< ?', before])
  if (typeof before === 'string') {
    const row = history.statement('SELECT position FROM exchange WHERE id = ?').get(before)
    if (row === undefined) throw unknownExchange(before)
    range.push(['< ?', row.position as number])
  }
  return range
}

export function listExchanges(history: OpenHistory, query: HistoryQuery): HistoryRow[] {
  const match = query.words === undefined ? null : wordsQuery(query.words)
  const position = match === null ? 'exchange.position' : 'exchange_words.rowid'
  // CROSS JOIN is SQLite's way to say which table comes first.
  const source =
    match === null ? 'exchange' : 'exchange_words CROSS JOIN exchange ON exchange.position = exchange_words.rowid'
  const values: Value[] = []
  const where: string[] = []
  if (match !== null) {
    where.push('exchange_words MATCH ?')
    values.push(match)
  }
  for (const [comparison, value] of rangeOf(history, query)) {
    where.push(`${position} ${comparison}`)
    values.push(value)
  }
  for (const [index, [column, comparison, value]] of conditionsOf(query).entries()) {
    // The plus keeps the column from being looked up in its index.
    where.push(`${index === 0 && match === null ? '' : '+'}${column} ${comparison}`)
    if (value !== null) values.push(value)
  }
  const clause = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`
  const sql = `SELECT ${columns} FROM ${source} ${clause} ORDER BY ${position} DESC LIMIT ?`
  return history.statement(sql).all(...values, query.limit) as unknown as HistoryRow[]
}
