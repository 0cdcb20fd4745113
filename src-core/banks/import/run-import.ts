/** Runs an import in a thread of its own, so that the program's loop stays free, and ends it when it takes too much. */
import { Fault } from '#shared/fault.ts'
import { inOwnThread, type ThreadLimits, threadScript } from '../../files/own-thread.ts'
import type { ImportRequest, ImportResult } from './import-document.ts'
import { importLimits, refuse } from './import-limits.ts'
import { refuseTooMuch } from './refuse-too-much.ts'

export type RunLimits = ThreadLimits

const start = (request: ImportRequest, signal: AbortSignal | undefined, limits: RunLimits): Promise<ImportResult> =>
  inOwnThread({
    script: threadScript(import.meta.dirname, 'bank-import.js', 'import-worker.ts'),
    what: 'The import',
    request,
    limits,
    signal,
    cancelled: 'The import was cancelled.',
    tooMuch: (what) =>
      refuse({ file: request.main, what, remedy: 'Leave out what is not needed, or give it as one JSON file.' }),
  })

/** Two at once would need twice the memory. */
let line: Promise<unknown> = Promise.resolve()

/** Throws IMPORT_REFUSED, also for what takes too long or too much memory; CANCELLED by the signal. */
export async function runImport(
  request: ImportRequest,
  signal?: AbortSignal,
  limits: RunLimits = importLimits,
): Promise<ImportResult> {
  // Before anything is copied into the thread.
  refuseTooMuch(request.files, request.main)
  const before = line
  const turn = before.then(() => {
    if (signal?.aborted) throw new Fault('CANCELLED', 'The import was cancelled.')
    return start(request, signal, limits)
  })
  line = turn.catch(() => undefined)
  return turn
}
