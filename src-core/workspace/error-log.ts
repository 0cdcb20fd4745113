/** Writes our own mistakes, stack and all but without secrets, to a log in the data folder. */
import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { redactText } from '#shared/redact.ts'

/** Bytes after which the log starts anew; one predecessor is kept. */
const largest = 1024 * 1024

export type LogError = (error: unknown) => Promise<void>

/** Causes may form a circle. */
const deepest = 5

function describe(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined || depth === deepest ? '' : `\ncaused by ${describe(error.cause, depth + 1)}`
  return `${error.stack ?? error.message}${cause}`
}

/** The log never fails its caller. */
export function createErrorLog(folder: string): LogError {
  const file = join(folder, 'errors.log')
  return async (error) => {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const size = await stat(file)
        .then((stats) => stats.size)
        .catch(() => 0)
      if (size > largest) await rename(file, `${file}.old`)
      await appendFile(file, `${new Date().toISOString()} ${redactText(describe(error))}\n`, { mode: 0o600 })
    } catch {
      // A full disk must not turn one error into two.
    }
  }
}
