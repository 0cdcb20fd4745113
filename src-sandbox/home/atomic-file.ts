/** Files that are either the old or the new version, never a torn one. */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Temp file in the same folder, fsync, rename, fsync of the folder. Synchronous: it also runs while the program ends.
 * @param synced false for what is written all the time: a killed program loses nothing then either, only a machine
 *   that loses its power may.
 */
export function writeFileAtomically(path: string, content: string, mode = 0o600, synced = true): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  const file = openSync(temporary, 'wx', mode)
  try {
    writeSync(file, content)
    if (synced) fsyncSync(file)
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw cause
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
  if (synced) syncFolder(dirname(path))
}

function syncFolder(path: string): void {
  // Windows cannot open a folder for syncing; there the rename alone has to do.
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** The file's text, or null where there is no such file. */
export function readFileIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw cause
  }
}
