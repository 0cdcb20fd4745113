/** The tables of the history database and the steps that lead from one version to the next. */
import type { DatabaseSync } from 'node:sqlite'
import { Fault } from '#shared/fault.ts'

/** One step a version; `user_version` says how many were made. */
const steps: readonly string[] = [
  `CREATE TABLE exchange (
     id TEXT PRIMARY KEY,
     at TEXT NOT NULL,
     bank TEXT NOT NULL,
     environment TEXT NOT NULL,
     operation TEXT NOT NULL,
     method TEXT NOT NULL,
     url TEXT NOT NULL,
     status INTEGER,
     fault TEXT,
     error_id TEXT,
     total REAL NOT NULL,
     clock_skew INTEGER,
     document TEXT NOT NULL
   ) STRICT;
   CREATE INDEX exchange_at ON exchange (at DESC);
   CREATE TABLE body (
     exchange TEXT PRIMARY KEY REFERENCES exchange (id) ON DELETE CASCADE,
     request TEXT,
     response TEXT
   ) STRICT;`,
]

/** Brings a database to this version in one transaction. Throws DATA_NEWER when it is ahead of us. */
export function migrate(database: DatabaseSync): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  if (version === steps.length) return
  if (version > steps.length)
    throw new Fault(
      'DATA_NEWER',
      'The history was written by a newer version of the workbench. Use that version, or another data folder.',
    )
  database.exec('BEGIN IMMEDIATE')
  try {
    // Another process may have been faster: ask again inside the transaction.
    const { user_version: now } = database.prepare('PRAGMA user_version').get() as { user_version: number }
    for (const step of steps.slice(now)) database.exec(step)
    database.exec(`PRAGMA user_version = ${steps.length}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
