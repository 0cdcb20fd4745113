/** Remembers what was made of a file for as long as the file has not changed. */
import { statSync } from 'node:fs'

/**
 * A file this young may change once more within the same tick of its file system's clock, and look the same. The coarsest
 * clock is FAT's. Milliseconds.
 */
const settling = 2_000

interface FileState {
  /** Differs after every change that a clock of the file system can tell apart. */
  readonly stamp: string
  /** Milliseconds since 1970; null where there is no file. */
  readonly changedAt: number | null
}

const absent: FileState = { stamp: 'absent', changedAt: null }

/**
 * Asked in the same turn: through the thread pool the question costs twenty times as much, and a call asks it often.
 * @returns null when it cannot be seen
 */
function stateOf(path: string): FileState | null {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) return absent
    // Milliseconds with fractions: a quarter of a microsecond, which is finer than any file system's clock ticks.
    const { mtimeMs, ctimeMs, size, ino } = found
    return { stamp: `${mtimeMs} ${ctimeMs} ${size} ${ino}`, changedAt: Math.max(mtimeMs, ctimeMs) }
  } catch {
    return null
  }
}

/** Names the state of a file; null when there is nothing, or nothing that can be seen. */
export function fileStamp(path: string): string | null {
  const state = stateOf(path)
  return state === absent ? null : (state?.stamp ?? null)
}

/** What `read` made of a file, of its absence or of the list of a folder; it runs again when that has changed. A failure is not remembered. */
export type FileMemory<Value> = (path: string, read: () => Promise<Value>) => Promise<Value>

/** Values are handed out again and again: whoever gets one must not change it. */
export function createFileMemory<Value>(now: () => number = Date.now): FileMemory<Value> {
  const kept = new Map<string, { readonly stamp: string; readonly value: Value }>()
  const isSettled = (path: string, { changedAt }: FileState): boolean =>
    changedAt === null ? stateOf(path) === absent : Math.abs(now() - changedAt) > settling
  return async (path, read) => {
    // Asked before reading: what changes in between is then read once more, never missed.
    const state = stateOf(path)
    const known = kept.get(path)
    if (known !== undefined && known.stamp === state?.stamp) return known.value
    kept.delete(path)
    const value = await read()
    if (state !== null && isSettled(path, state)) kept.set(path, { stamp: state.stamp, value })
    return value
  }
}

/** For a folder of small records: the names in it, and what was made of each file. */
export interface FolderMemory<Value> {
  readonly names: FileMemory<string[]>
  readonly file: FileMemory<Value | null>
}

export const createFolderMemory = <Value>(): FolderMemory<Value> => ({
  names: createFileMemory<string[]>(),
  file: createFileMemory<Value | null>(),
})
