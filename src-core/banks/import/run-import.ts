/** Runs an import in a thread of its own, so that the program's loop stays free, and ends it when it takes too much. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Fault, type FaultCode } from '#shared/fault.ts'
import type { ImportRequest, ImportResult } from './import-document.ts'
import { importLimits, refuse } from './import-limits.ts'
import type { WorkerAnswer } from './import-worker.ts'
import { refuseTooMuch } from './refuse-too-much.ts'

/** Beside the built program or one folder up, where it loads its parts from; among the sources otherwise. */
function script(): string {
  const built = ['bank-import.js', join('..', 'bank-import.js')].map((path) => join(import.meta.dirname, path))
  return built.find((path) => existsSync(path)) ?? join(import.meta.dirname, 'import-worker.ts')
}

export interface RunLimits {
  readonly milliseconds: number
  readonly heapMegabytes: number
}

const tooMuch = (main: string, what: string) =>
  refuse({ file: main, what, remedy: 'Leave out what is not needed, or give it as one JSON file.' })

function fromAnswer(answer: WorkerAnswer): ImportResult {
  if ('result' in answer) return answer.result
  if ('mistake' in answer) throw new Error(`The import failed: ${answer.mistake}`)
  throw new Fault(answer.fault.code as FaultCode, answer.fault.message, answer.fault.details)
}

async function start(
  request: ImportRequest,
  signal: AbortSignal | undefined,
  limits: RunLimits,
): Promise<ImportResult> {
  const { promise, resolve, reject } = Promise.withResolvers<ImportResult>()
  const worker = new Worker(script(), {
    workerData: request,
    // Nothing of the program's surroundings: no environment, no arguments, no standard streams of ours.
    env: {},
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
  })
  const timer = setTimeout(
    () => reject(tooMuch(request.main, `takes longer to read than ${limits.milliseconds / 1000} seconds`)),
    limits.milliseconds,
  )
  const cancel = () => reject(new Fault('CANCELLED', 'The import was cancelled.'))
  signal?.addEventListener('abort', cancel, { once: true })
  worker.once('message', (answer: WorkerAnswer) => {
    try {
      resolve(fromAnswer(answer))
    } catch (error) {
      reject(error)
    }
  })
  worker.once('error', (error: NodeJS.ErrnoException) => {
    const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    reject(memory ? tooMuch(request.main, `needs more than ${limits.heapMegabytes} MB of memory to be read`) : error)
  })
  worker.once('exit', (code) => reject(new Error(`The import's thread ended with ${code} and no answer.`)))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
    await worker.terminate()
  }
}

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
