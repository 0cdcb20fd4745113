/** Opens the history database: new ones are made, earlier versions migrated after a copy, later ones opened to read only. */
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { Fault } from '#shared/fault.ts'
import { withProcessLock } from '../files/process-lock.ts'
import { migrate, schemaVersion, versionOf } from './schema.ts'

export interface OpenHistory {
  readonly database: DatabaseSync
  /** Of the file: another one stands in its place once it was moved away. */
  readonly inode: number
  /** Why nothing may be written; null when it may. */
  readonly readOnly: Fault | null
  /** Prepared once. */
  statement(sql: string): StatementSync
}

export interface HistoryPlace {
  readonly file: string
  /** Taken to migrate and to put aside, so that one process does it. */
  readonly lockFile: string
}

/** How long another process may hold the database. Milliseconds. */
const timeout = 5000

export const newer = (): Fault =>
  new Fault(
    'DATA_NEWER',
    'The history was written by a newer version of the workbench: it can be read here, not written. Use that version, or another data folder.',
  )

export const inodeOf = (file: string): number | null => statSync(file, { throwIfNoEntry: false })?.ino ?? null

/** FULL: an exchange the caller was told about survives a power cut. WAL: a reader never waits for a writer. */
const settings =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON'

/** As it was before, in one file beside it. */
function copyBefore(database: DatabaseSync, copy: string): void {
  const part = `${copy}.part`
  rmSync(part, { force: true })
  database.prepare('VACUUM INTO ?').run(part)
  chmodSync(part, 0o600)
  const descriptor = openSync(part, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
  renameSync(part, copy)
}

function migrateWithCopy(database: DatabaseSync, file: string): void {
  const version = versionOf(database)
  // Another process may have done it while we waited for the lock.
  if (version >= schemaVersion) return
  copyBefore(database, `${file}.backup-${version}`)
  migrate(database)
  try {
    // The space of deleted exchanges is given back from now on; this once takes a rewrite nobody else may be reading through.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM')
  } catch {
    // Deleting clears the pages all the same.
  }
}

async function prepare(database: DatabaseSync, { file, lockFile }: HistoryPlace): Promise<void> {
  chmodSync(file, 0o600)
  const version = versionOf(database)
  // Only before the first table, and before the first page is written.
  if (version === 0) database.exec('PRAGMA auto_vacuum = INCREMENTAL')
  database.exec(settings)
  if (version === 0 || version === schemaVersion) return migrate(database)
  mkdirSync(dirname(lockFile), { recursive: true, mode: 0o700 })
  const name = basename(file)
  await withProcessLock(lockFile, `the migration of ${name}`, { timeoutMilliseconds: 120_000 }, () =>
    Promise.resolve(migrateWithCopy(database, file)),
  )
}

function opened(database: DatabaseSync, file: string, readOnly: Fault | null): OpenHistory {
  const statements = new Map<string, StatementSync>()
  return {
    database,
    inode: inodeOf(file) ?? 0,
    readOnly,
    statement(sql) {
      const known = statements.get(sql)
      if (known) return known
      const made = database.prepare(sql)
      statements.set(sql, made)
      return made
    },
  }
}

export async function openHistory(place: HistoryPlace): Promise<OpenHistory> {
  const { DatabaseSync: Database } = await import('node:sqlite')
  const { file } = place
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const database = new Database(file, { timeout })
  try {
    if (versionOf(database) <= schemaVersion) {
      await prepare(database, place)
      return opened(database, file, null)
    }
  } catch (error) {
    database.close()
    throw error
  }
  database.close()
  return opened(new Database(file, { timeout, readOnly: true }), file, newer())
}
