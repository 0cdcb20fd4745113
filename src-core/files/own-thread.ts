/** Runs a script in a thread of its own, so that the program's loop stays free, and ends it when it takes too much. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Fault, type FaultCode } from '#shared/fault.ts'
import type { ThreadAnswer } from './thread-answer.ts'

export interface ThreadLimits {
  readonly milliseconds: number
  readonly heapMegabytes: number
}

export interface ThreadWork {
  readonly script: string
  /** What is run, for what goes wrong in it: `The import`. */
  readonly what: string
  readonly request: unknown
  readonly limits: ThreadLimits
  readonly signal: AbortSignal | undefined
  /** Sentence of the fault CANCELLED. */
  readonly cancelled: string
  /** @param what `takes longer to read than 2 seconds` */
  tooMuch(what: string): Fault
}

/**
 * Beside the built program or one folder up, where it loads its parts from; among the sources otherwise.
 * @param folder of the caller
 */
export function threadScript(folder: string, built: string, source: string): string {
  const candidates = [join(folder, built), join(folder, '..', built)]
  return candidates.find((path) => existsSync(path)) ?? join(folder, source)
}

function resultOf<Result>(answer: ThreadAnswer<Result>, what: string): Result {
  if ('result' in answer) return answer.result
  if ('mistake' in answer) throw new Error(`${what} failed: ${answer.mistake}`)
  throw new Fault(answer.fault.code as FaultCode, answer.fault.message, answer.fault.details)
}

/** @throws Fault what the thread answers, `tooMuch` for time and memory, CANCELLED by the signal */
export async function inOwnThread<Result>(work: ThreadWork): Promise<Result> {
  const { limits, signal } = work
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const worker = new Worker(work.script, {
    workerData: work.request,
    // Nothing of the program's surroundings: no environment, no arguments, no standard streams of ours.
    env: {},
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
  })
  const late = () => reject(work.tooMuch(`takes longer to read than ${limits.milliseconds / 1000} seconds`))
  const timer = setTimeout(late, limits.milliseconds)
  const cancel = () => reject(new Fault('CANCELLED', work.cancelled))
  signal?.addEventListener('abort', cancel, { once: true })
  worker.once('message', (answer: ThreadAnswer<Result>) => {
    try {
      resolve(resultOf(answer, work.what))
    } catch (error) {
      reject(error)
    }
  })
  worker.once('error', (error: NodeJS.ErrnoException) => {
    const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    reject(memory ? work.tooMuch(`needs more than ${limits.heapMegabytes} MB of memory to be read`) : error)
  })
  worker.once('exit', (code) => reject(new Error(`${work.what} ended its thread with ${code} and no answer.`)))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
    await worker.terminate()
  }
}
