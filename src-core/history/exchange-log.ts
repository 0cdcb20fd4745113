/** Keeps every exchange in SQLite, durable before it is acknowledged; what arrives here is redacted already. */
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { HistoryRow } from '#shared/contract/history.ts'
import { type Exchange, exchangeSchema } from '#shared/contract/requests.ts'
import { Fault, isFault } from '#shared/fault.ts'

export interface ExchangeLog {
  record(exchange: Exchange): Promise<void>
  /** Newest first. */
  list(limit: number, bank?: string): Promise<HistoryRow[]>
  /** Throws EXCHANGE_UNKNOWN. */
  show(id: string): Promise<Exchange>
  close(): void
}

const damagedMessage =
  'The history database history.sqlite is damaged. Move it away to start a new one; nothing else depends on it.'

function databaseFault(cause: unknown): Fault {
  if (isFault(cause)) return cause
  const message = (cause as Error)?.message ?? String(cause)
  if (/malformed|not a database|corrupt/i.test(message)) {
    return new Fault('DATA_DAMAGED', damagedMessage, { file: 'history.sqlite' }, cause)
  }
  return new Fault(
    'DATA_UNWRITABLE',
    `The history could not be written or read: ${message}. Check free space and permissions of the data folder.`,
    { file: 'history.sqlite' },
    cause,
  )
}

async function openDatabase(file: string): Promise<DatabaseSync> {
  const [{ DatabaseSync }, { migrate }] = await Promise.all([import('node:sqlite'), import('./schema.ts')])
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(file, { timeout: 5000 })
  try {
    prepareDatabase(database, file, migrate)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function prepareDatabase(database: DatabaseSync, file: string, migrate: (database: DatabaseSync) => void): void {
  chmodSync(file, 0o600)
  // FULL: an exchange the caller was told about survives a power cut. WAL: a reader never waits for a writer.
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON',
  )
  migrate(database)
}

const insertExchange = `INSERT INTO exchange
  (id, at, bank, environment, operation, method, url, status, fault, error_id, total, clock_skew, document)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** The bodies live in their own table, so that listing never reads them. */
function splitBodies(exchange: Exchange): { document: string; request: string | null; response: string | null } {
  const document = JSON.stringify({
    ...exchange,
    request: { ...exchange.request, body: null },
    response: exchange.response === null ? null : { ...exchange.response, body: '' },
  })
  return { document, request: exchange.request.body, response: exchange.response?.body ?? null }
}

/** Seconds by which the bank's clock was ahead when its answer began; its Date header counts whole seconds. */
function clockSkewOf({ at, response, timings }: Exchange): number | null {
  const date = response?.headers.find(([name]) => name.toLowerCase() === 'date')?.[1]
  const answered = Date.parse(at) + timings.total - timings.download
  const seconds = date === undefined ? Number.NaN : Math.round((Date.parse(date) + 500 - answered) / 1000)
  return Number.isNaN(seconds) ? null : seconds
}

function write(database: DatabaseSync, exchange: Exchange): void {
  const { document, request, response } = splitBodies(exchange)
  const { id, at, bank, environment, operation, timings } = exchange
  const status = exchange.response?.status ?? null
  const errorId = exchange.explanations[0]?.errorId ?? null
  const fault = exchange.fault?.code ?? null
  database.exec('BEGIN IMMEDIATE')
  try {
    database
      .prepare(insertExchange)
      .run(
        id,
        at,
        bank,
        environment,
        operation,
        exchange.request.method,
        exchange.request.url,
        status,
        fault,
        errorId,
        timings.total,
        clockSkewOf(exchange),
        document,
      )
    database.prepare('INSERT INTO body (exchange, request, response) VALUES (?, ?, ?)').run(id, request, response)
    database.exec('COMMIT')
  } catch (error) {
    // SQLite may have rolled back by itself, as on a full disk; a second time would hide the reason.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function parseDocument(document: string): Exchange {
  try {
    return exchangeSchema.parse(JSON.parse(document))
  } catch (cause) {
    throw new Fault('DATA_DAMAGED', damagedMessage, { file: 'history.sqlite' }, cause)
  }
}

function read(database: DatabaseSync, id: string): Exchange {
  const row = database
    .prepare('SELECT document, request, response FROM exchange JOIN body ON body.exchange = exchange.id WHERE id = ?')
    .get(id) as { document: string; request: string | null; response: string | null } | undefined
  if (row === undefined)
    throw new Fault('EXCHANGE_UNKNOWN', `History has no exchange "${id}". List them with: tpp history`, { id })
  const exchange = parseDocument(row.document)
  exchange.request.body = row.request
  if (exchange.response !== null) exchange.response.body = row.response ?? ''
  return exchange
}

/** The database is opened with the first use. */
export function createExchangeLog(file: string): ExchangeLog {
  let opening: Promise<DatabaseSync> | null = null
  const use = async <Result>(work: (database: DatabaseSync) => Result): Promise<Result> => {
    opening ??= openDatabase(file).catch((error: unknown) => {
      // The next call tries again: the reason may be gone by then.
      opening = null
      throw error
    })
    try {
      return work(await opening)
    } catch (error) {
      throw databaseFault(error)
    }
  }
  return {
    record: (exchange) => use((database) => write(database, exchange)),
    list: (limit, bank) =>
      use((database) => {
        const columns =
          'id, at, bank, environment, operation, method, url, status, fault, error_id AS errorId, total, clock_skew AS clockSkew'
        const where = bank === undefined ? '' : 'WHERE bank = ?'
        const values = bank === undefined ? [limit] : [bank, limit]
        return database
          .prepare(`SELECT ${columns} FROM exchange ${where} ORDER BY at DESC, rowid DESC LIMIT ?`)
          .all(...values) as unknown as HistoryRow[]
      }),
    show: (id) => use((database) => read(database, id)),
    close: () => {
      void opening?.then((database) => database.close()).catch(() => {})
      opening = null
    },
  }
}
