/** Makes a transaction durable without holding up the program: SQLite writes it, another thread waits for the disk. */
import { open } from 'node:fs/promises'
import type { OpenHistory } from './open-history.ts'
import { inTransaction } from './schema.ts'

/** Whose log SQLite has synced once itself, and with it the entry of the log in its folder. */
const begun = new WeakSet<OpenHistory>()

const hasLog = ({ statement }: OpenHistory): boolean => statement('PRAGMA journal_mode').get()?.journal_mode === 'wal'

/** NORMAL leaves out one thing: the wait for the log after a commit. The log is still synced before it is copied back. */
function withoutWaiting({ database }: OpenHistory, work: () => void): void {
  database.exec('PRAGMA synchronous = NORMAL')
  try {
    work()
  } finally {
    database.exec('PRAGMA synchronous = FULL')
  }
}

/**
 * Resolves when what `work` wrote survives a power cut, as with `synchronous = FULL`: the write-ahead log that holds it is
 * synced after the commit. Opening and closing the log here frees no lock: SQLite's are on its other two files.
 * @param file path of the database
 * @param work inside one transaction. What it throws, or SQLite, comes out of this before anything is written.
 * @returns a promise of the disk alone: what was written is in the database whether it rejects or not
 */
export function writeApart(history: OpenHistory, file: string, work: () => void): Promise<void> {
  if (!begun.has(history) || !hasLog(history)) {
    inTransaction(history.database, work)
    begun.add(history)
    return Promise.resolve()
  }
  withoutWaiting(history, () => inTransaction(history.database, work))
  return syncFile(`${file}-wal`)
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.datasync()
  } finally {
    await handle.close()
  }
}
