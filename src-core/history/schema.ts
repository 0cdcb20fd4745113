/** The tables of the history database, and how a database of an earlier version gets them. */
import type { DatabaseSync } from 'node:sqlite'
import { createWords, wordsOf } from './exchange-words.ts'
import { nextPosition } from './position.ts'

/** `user_version` of the database. */
export const schemaVersion = 2

/**
 * What the list shows is apart from the documents, so that listing never reads those. `position` orders by time (see
 * position.ts). `bodies` is null where they are sealed in `content`, else the code of the fault that kept them out.
 * `plain_body` holds what version 1 wrote unsealed until the key store is open; nothing is ever added to it.
 */
const tables = `
  CREATE TABLE exchange (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    bank TEXT NOT NULL,
    environment TEXT NOT NULL,
    operation TEXT NOT NULL,
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    status INTEGER,
    status_class INTEGER NOT NULL,
    fault TEXT,
    error_id TEXT,
    error_title TEXT,
    error_code TEXT,
    identity TEXT,
    grant_id TEXT,
    request_id TEXT,
    total REAL NOT NULL,
    clock_skew INTEGER,
    bodies TEXT
  ) STRICT;
  CREATE INDEX exchange_bank ON exchange (bank);
  CREATE INDEX exchange_operation ON exchange (operation);
  CREATE INDEX exchange_status_class ON exchange (status_class);
  CREATE INDEX exchange_fault ON exchange (fault) WHERE fault IS NOT NULL;
  CREATE INDEX exchange_error ON exchange (error_id) WHERE error_id IS NOT NULL;
  CREATE TABLE content (position INTEGER PRIMARY KEY, document TEXT NOT NULL, draft TEXT, sealed BLOB) STRICT;
  CREATE TABLE plain_body (position INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT;
  CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  ${createWords}`

export function versionOf(database: DatabaseSync): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version
}

/** Runs `work` in one transaction. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite may have rolled back by itself, as on a full disk; a second time would hide the reason.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

interface OldRow {
  readonly id: string
  readonly at: string
  readonly bank: string
  readonly environment: string
  readonly operation: string
  readonly method: string
  readonly url: string
  readonly status: number | null
  readonly fault: string | null
  readonly error_id: string | null
  readonly total: number
  readonly clock_skew: number | null
  readonly document: string
  readonly request: string | null
  readonly response: string | null
}

/** Of a document of version 1; one that is damaged keeps its row and says so when it is shown. */
interface OldDocument {
  identity?: string | null
  request?: { headers?: [string, string][] }
  explanations?: { errorId: string; title: string; evidence?: string[] }[]
}

function parsed(document: string): OldDocument {
  try {
    return JSON.parse(document) as OldDocument
  } catch {
    return {}
  }
}

/** Evidence quotes the answer, so it goes with the bodies. */
function withoutEvidence(row: OldRow, value: OldDocument): string {
  if (value.explanations === undefined) return row.document
  return JSON.stringify({ ...value, explanations: value.explanations.map((each) => ({ ...each, evidence: [] })) })
}

const copyRow = `INSERT INTO exchange
  SELECT :position, id, at, bank, environment, operation, method, url, status, coalesce(status / 100, 0), fault, error_id,
    :title, NULL, :identity, NULL, :request, total, clock_skew, NULL FROM old_exchange WHERE id = :id`

function moveFromVersion1(database: DatabaseSync): void {
  database.exec('ALTER TABLE exchange RENAME TO old_exchange; ALTER TABLE body RENAME TO old_body')
  database.exec('DROP INDEX exchange_at')
  database.exec(tables)
  const copy = database.prepare(copyRow)
  const content = database.prepare('INSERT INTO content (position, document) VALUES (?, ?)')
  const plain = database.prepare('INSERT INTO plain_body (position, content) VALUES (?, ?)')
  const words = database.prepare('INSERT INTO exchange_words (rowid, words) VALUES (?, ?)')
  const old = database.prepare(
    'SELECT * FROM old_exchange LEFT JOIN old_body ON old_body.exchange = id ORDER BY at, old_exchange.rowid',
  )
  let last = 0
  for (const each of old.iterate()) {
    const row = each as unknown as OldRow
    const value = parsed(row.document)
    const explanations = value.explanations ?? []
    const requestId = value.request?.headers?.find(([name]) => name.toLowerCase() === 'x-request-id')?.[1] ?? null
    const identity = value.identity ?? null
    last = nextPosition(row.at, last)
    copy.run({ position: last, id: row.id, title: explanations[0]?.title ?? null, identity, request: requestId })
    content.run(last, withoutEvidence(row, value))
    const evidence = explanations.map((explanation) => explanation.evidence ?? [])
    plain.run(last, JSON.stringify({ request: row.request, response: row.response ?? '', evidence }))
    const titles = explanations.flatMap(({ errorId, title }) => [errorId, title])
    words.run(last, wordsOf({ ...row, requestId, identity, more: titles }))
  }
  database.exec('DROP TABLE old_body; DROP TABLE old_exchange')
}

/** Brings a database of this or an earlier version to this one, in one transaction. */
export function migrate(database: DatabaseSync): void {
  if (versionOf(database) === schemaVersion) return
  inTransaction(database, () => {
    // Another process may have been faster: ask again inside the transaction.
    const version = versionOf(database)
    if (version === 0) database.exec(tables)
    if (version === 1) moveFromVersion1(database)
    database.exec(`PRAGMA user_version = ${Math.max(version, schemaVersion)}`)
  })
}
