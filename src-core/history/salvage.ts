/** Brings what can still be read of a database that was put aside back into the history. */
import { dirname, join } from 'node:path'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { Fault } from '#shared/fault.ts'
import { wordsOf } from './exchange-words.ts'
import type { OpenHistory } from './open-history.ts'
import { freePosition } from './position.ts'
import { listPutAside } from './put-aside.ts'
import { inTransaction, schemaVersion, versionOf } from './schema.ts'

type Row = Record<string, SQLInputValue> & { position: number; id: string; at: string }

interface Found {
  readonly row: Row
  readonly content: Record<string, SQLInputValue>
}

/** Until the page that is damaged; what lies behind it is read from the other end. */
function readOneWay(database: DatabaseSync, order: 'ASC' | 'DESC', found: Map<number, Row>): void {
  try {
    for (const row of database.prepare(`SELECT * FROM exchange ORDER BY position ${order}`).iterate()) {
      const { position } = row as Row
      if (found.has(position)) return
      found.set(position, row as Row)
    }
  } catch {
    // As far as it goes.
  }
}

/** An exchange without its document could not be shown: its row alone is not brought back. */
function readable(database: DatabaseSync): Found[] {
  const rows = new Map<number, Row>()
  readOneWay(database, 'ASC', rows)
  readOneWay(database, 'DESC', rows)
  const content = database.prepare('SELECT document, draft, sealed FROM content WHERE position = ?')
  return [...rows.values()].flatMap((row) => {
    try {
      const found = content.get(row.position) as Found['content'] | undefined
      // Bodies of version 1 that were not sealed yet are not brought back: nothing plain is ever written.
      return found === undefined || (found.sealed === null && row.bodies === null) ? [] : [{ row, content: found }]
    } catch {
      return []
    }
  })
}

const textOf = (row: Row, name: string): string | null => (typeof row[name] === 'string' ? row[name] : null)

function searchedText(row: Row): string {
  const word = (name: string) => textOf(row, name)
  const status = typeof row.status === 'number' ? row.status : null
  const named = { bank: word('bank'), environment: word('environment'), operation: word('operation') }
  return wordsOf({
    id: row.id,
    requestId: word('request_id'),
    url: word('url') ?? '',
    bank: named.bank ?? '',
    environment: named.environment ?? '',
    operation: named.operation ?? '',
    method: word('method') ?? '',
    status,
    fault: word('fault'),
    identity: word('identity'),
    more: [word('error_id'), word('error_title'), word('error_code'), word('grant_id')],
  })
}

function bringBack(history: OpenHistory, { row, content }: Found): boolean {
  const { statement } = history
  if (statement('SELECT 1 FROM exchange WHERE id = ?').get(row.id) !== undefined) return false
  const taken = statement('SELECT 1 FROM exchange WHERE position = ?').get(row.position) !== undefined
  const position = taken ? freePosition(history, row.at) : row.position
  const { position: _, ...columns } = row
  const names = Object.keys(columns)
  statement(`INSERT INTO exchange (position, ${names.join(', ')}) VALUES (?${', ?'.repeat(names.length)})`).run(
    position,
    ...Object.values(columns),
  )
  statement('INSERT INTO content (position, document, draft, sealed) VALUES (?, ?, ?, ?)').run(
    position,
    content.document ?? '',
    content.draft ?? null,
    content.sealed ?? null,
  )
  statement('INSERT INTO exchange_words (rowid, words) VALUES (?, ?)').run(position, searchedText(row))
  return true
}

/**
 * @param name as the status lists it; the file stays where it is.
 * @returns how many exchanges came back that were not there.
 * @throws Fault FILE_UNREADABLE for a name that is not listed, DATA_DAMAGED when nothing of it can be read
 */
export async function salvage(history: OpenHistory, file: string, name: string): Promise<number> {
  if (!listPutAside(file).some((each) => each.file === name))
    throw new Fault('FILE_UNREADABLE', `No database was put aside as "${name}". See: tpp history status`, {
      file: name,
    })
  const { DatabaseSync: Database } = await import('node:sqlite')
  const aside = new Database(join(dirname(file), name), { timeout: 5000 })
  let found: Found[]
  try {
    found = versionOf(aside) === schemaVersion ? readable(aside) : []
  } catch {
    found = []
  } finally {
    aside.close()
  }
  if (found.length === 0) throw new Fault('DATA_DAMAGED', `Nothing can be read from ${name} any more.`, { file: name })
  return inTransaction(history.database, () => found.filter((each) => bringBack(history, each)).length)
}
