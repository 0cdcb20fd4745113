/** Replaces a file so that a crash at any moment leaves the old bytes or the new ones, never anything else. */

import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '#shared/fault.ts'
import { removeAbandonedTemporaries, temporaryName } from './temporary-name.ts'
import { unwritable } from './unwritable.ts'

export interface WriteOptions {
  /** Permission bits of the new file; 0o600 unless told. Ignored by Windows. */
  readonly mode?: number
}

/** What holds a file open for a moment (virus scanners, indexers) lets go within these pauses, in milliseconds: 1.1 s in all. */
const pauses = [5, 10, 25, 50, 100, 200, 300, 400]
const heldForAMoment = new Set(['EPERM', 'EBUSY', 'EACCES'])
/** File systems that cannot sync a folder say so with one of these; there is nothing more to be done then. */
const folderSyncUnknown = new Set(['EINVAL', 'ENOTSUP', 'ENOSYS', 'EISDIR'])

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? ''

/**
 * Writes `data` (text as UTF-8) to `file`: a temporary file beside it, fsync, rename, fsync of the folder (POSIX leaves the
 * rename itself undurable without the last step). The folder must exist. A symbolic link is replaced, not followed.
 * Never falls back to writing in place.
 * @throws Fault DATA_UNWRITABLE: the old file is untouched and the temporary removed. A temporary left behind by a killed
 * process is removed by the first write of any later process into the same folder.
 */
export async function writeAtomically(
  file: string,
  data: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  const folder = path.dirname(file)
  await removeAbandonedTemporaries(folder)
  const temporary = path.join(folder, temporaryName(path.basename(file), randomBytes(6).toString('hex')))
  try {
    await writeDurably(temporary, data, options.mode ?? 0o600)
    await renamePatiently(temporary, file)
    await syncFolder(folder)
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined)
    throw error instanceof Fault ? error : unwritable(path.basename(file), error)
  }
}

/** Removes a file durably. @returns false when there was none. @throws Fault DATA_UNWRITABLE */
export async function removeDurably(file: string): Promise<boolean> {
  try {
    await fs.unlink(file)
    await syncFolder(path.dirname(file))
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw unwritable(path.basename(file), error)
  }
}

async function writeDurably(file: string, data: string | Uint8Array, mode: number): Promise<void> {
  // 'wx': a name that exists already, or a link planted under it, is refused instead of followed.
  const handle = await fs.open(file, 'wx', mode)
  try {
    await handle.writeFile(data)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function renamePatiently(from: string, to: string): Promise<void> {
  for (const pause of pauses) {
    try {
      return await fs.rename(from, to)
    } catch (error) {
      if (!heldForAMoment.has(codeOf(error))) throw error
      await sleep(pause)
    }
  }
  await fs.rename(from, to)
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for syncing; NTFS journals the rename itself.
  if (process.platform === 'win32') return
  const handle = await fs.open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (!folderSyncUnknown.has(codeOf(error))) throw error
  } finally {
    await handle.close()
  }
}
