/** Takes exchanges out of every file of the history: rows, bodies, index of words, log. */
import { setImmediate as breathe } from 'node:timers/promises'
import { createWords } from './exchange-words.ts'
import type { OpenHistory } from './open-history.ts'
import { inTransaction } from './schema.ts'

/**
 * So many are taken out of the index one by one, at about 2 ms each; with more the index is left to forget them and then
 * written anew without them, in steps.
 */
const fewest = 40
const chunk = 200
/** Pages of the index written in one step; about 10 ms of work. */
const step = 16

/** Left in the database while what was deleted may still stand in its index or file, so that the next opening goes on. */
const unfinished = 'clearing'

function deleteRows(history: OpenHistory, positions: readonly number[]): void {
  for (const position of positions)
    for (const [table, column] of [
      ['exchange_words', 'rowid'],
      ['plain_body', 'position'],
      ['content', 'position'],
      ['exchange', 'position'],
    ])
      history.statement(`DELETE FROM ${table} WHERE ${column} = ?`).run(position)
}

/** As text: a number that is bound arrives as a REAL, which this setting does not take. */
const secureIndex = ({ database }: OpenHistory, on: 0 | 1): void =>
  database.exec(`INSERT INTO exchange_words (exchange_words, rank) VALUES ('secure-delete', ${on})`)

/** Writes the index anew until there is nothing left to leave out (https://sqlite.org/fts5.html#the_merge_command). */
async function rewriteIndex(history: OpenHistory, stop: () => boolean): Promise<void> {
  const merge = history.statement("INSERT INTO exchange_words (exchange_words, rank) VALUES ('merge', ?)")
  const changes = history.statement('SELECT total_changes() AS count')
  const count = () => changes.get()?.count as number
  for (let pages = -step; !stop(); pages = step) {
    const before = count()
    merge.run(pages)
    if (count() - before < 2) break
    await breathe()
  }
  if (!stop()) history.statement('DELETE FROM note WHERE name = ?').run(unfinished)
}

/** Gives the space back and empties the log. @returns false when another process reads the database just now. */
export function emptyLog({ database }: OpenHistory): boolean {
  database.prepare('PRAGMA incremental_vacuum').all()
  const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number }
  return busy === 0
}

/** What a process that was killed meanwhile left to be cleared. */
export async function finishClearing(history: OpenHistory, stop: () => boolean): Promise<void> {
  const what = history.statement('SELECT value FROM note WHERE name = ?').get(unfinished)?.value
  if (what === undefined) return
  if (what === 'file') rewriteFile(history)
  else await rewriteIndex(history, stop)
  if (!stop()) emptyLog(history)
}

/** @param stop becomes true when the database is closed. @returns whether nothing of them is left in any file. */
export async function deleteExchanges(
  history: OpenHistory,
  positions: readonly number[],
  stop: () => boolean,
): Promise<boolean> {
  if (positions.length === 0) return true
  const many = positions.length > fewest
  for (let from = 0; from < positions.length; from += chunk) {
    if (stop()) return false
    inTransaction(history.database, () => {
      if (many) {
        history.statement('INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)').run(unfinished, 'index')
        secureIndex(history, 0)
      }
      deleteRows(history, positions.slice(from, from + chunk))
      if (many) secureIndex(history, 1)
    })
    await breathe()
  }
  if (many) await rewriteIndex(history, stop)
  return !stop() && emptyLog(history)
}

/** @returns whether nothing of them is left in any file. */
export function deleteAll(history: OpenHistory): boolean {
  const { database } = history
  // The file is written anew below, which is sooner done than overwriting every page.
  database.exec('PRAGMA secure_delete = OFF')
  try {
    inTransaction(database, () => {
      database.exec('DROP TABLE exchange_words; DELETE FROM plain_body; DELETE FROM content; DELETE FROM exchange')
      database.exec(createWords)
      history.statement('INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)').run(unfinished, 'file')
    })
    return rewriteFile(history)
  } finally {
    database.exec('PRAGMA secure_delete = ON')
  }
}

function rewriteFile(history: OpenHistory): boolean {
  try {
    history.database.exec('VACUUM')
  } catch {
    return false
  }
  history.statement('DELETE FROM note WHERE name = ?').run(unfinished)
  return emptyLog(history)
}
