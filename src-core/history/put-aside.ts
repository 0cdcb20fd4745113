/** Puts a damaged history database aside, with its log, so that a new one can be started and nothing is thrown away. */
import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { withProcessLock } from '../files/process-lock.ts'
import { type HistoryPlace, inodeOf } from './open-history.ts'

/** SQLite's result codes for a file that is damaged or no database (https://sqlite.org/rescode.html); extended codes share the low byte. */
const sqliteCorrupt = 11
const sqliteNotADatabase = 26
/** SQLITE_CORRUPT_VTAB: the index of words alone, which can be built anew. */
export const sqliteCorruptIndex = 267

export const resultCode = (error: unknown): number => (error as { errcode?: number }).errcode ?? 0

export const isDamage = (error: unknown): boolean =>
  [sqliteCorrupt, sqliteNotADatabase].includes(resultCode(error) & 0xff)

const mark = '.corrupt-'

function rename(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/**
 * @param inode of the file that was found damaged; another process may have put it aside already.
 * @returns the name it has now, null when it is not there any more.
 */
export async function putAside(place: HistoryPlace, inode: number | null, now: number): Promise<string | null> {
  const { file, lockFile } = place
  mkdirSync(dirname(lockFile), { recursive: true, mode: 0o700 })
  return withProcessLock(lockFile, 'the damaged history', {}, () => {
    if (inode === null || inodeOf(file) !== inode) return Promise.resolve(null)
    const aside = `${file}${mark}${new Date(now).toISOString().replace(/[:.]/g, '-')}`
    // The log first: a new database beside an old log would be taken for the one the log belongs to.
    rename(`${file}-wal`, `${aside}-wal`)
    rename(`${file}-shm`, `${aside}-shm`)
    rename(file, aside)
    return Promise.resolve(basename(aside))
  })
}

export interface PutAside {
  readonly file: string
  readonly at: string
}

/** Newest first. */
export function listPutAside(file: string): PutAside[] {
  const folder = dirname(file)
  return namesBeside(file, mark)
    .filter((name) => !/-(wal|shm)$/.test(name))
    .map((name) => ({ file: name, at: statSync(join(folder, name)).ctime.toISOString() }))
    .sort((a, b) => (a.file < b.file ? 1 : -1))
}

/** Names of copies made before a migration. */
export const listBackups = (file: string): string[] =>
  namesBeside(file, '.backup-').filter((name) => /\.backup-\d+$/.test(name))

/** Names in the folder that begin with the database's own and `ending`. */
export function namesBeside(file: string, ending: string): string[] {
  const start = `${basename(file)}${ending}`
  return readdirSync(dirname(file)).filter((name) => name.startsWith(start))
}
