/** Reads a report: a small one at once, a large one in a thread of its own that is ended when it takes too much. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Fault, type FaultCode } from '#shared/fault.ts'
import { type ReadOne, type ReadRequest, readEntry } from './read-entry.ts'
import { refuseReport, refuseTooLong, reportLimits } from './report-limits.ts'
import type { ReportAnswer } from './report-worker.ts'

/** Beside the built program or one folder up, where it loads its parts from; among the sources otherwise. */
function script(): string {
  const built = ['report-read.js', join('..', 'report-read.js')].map((path) => join(import.meta.dirname, path))
  return built.find((path) => existsSync(path)) ?? join(import.meta.dirname, 'report-worker.ts')
}

export interface RunLimits {
  readonly milliseconds: number
  readonly heapMegabytes: number
  /** Characters from which on the thread is used. */
  readonly ownThread: number
}

const tooMuch = (what: string): Fault => refuseReport(`The report ${what}.`, 'Export only the failing call.')

function fromAnswer(answer: ReportAnswer): ReadOne {
  if ('result' in answer) return answer.result
  if ('mistake' in answer) throw new Error(`Reading the report failed: ${answer.mistake}`)
  throw new Fault(answer.fault.code as FaultCode, answer.fault.message, answer.fault.details)
}

async function inThread(request: ReadRequest, signal: AbortSignal | undefined, limits: RunLimits): Promise<ReadOne> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadOne>()
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
  const seconds = limits.milliseconds / 1000
  const timer = setTimeout(() => reject(tooMuch(`takes longer to read than ${seconds} seconds`)), limits.milliseconds)
  const cancel = () => reject(new Fault('CANCELLED', 'Opening the report was cancelled.'))
  signal?.addEventListener('abort', cancel, { once: true })
  worker.once('message', (answer: ReportAnswer) => {
    try {
      resolve(fromAnswer(answer))
    } catch (error) {
      reject(error)
    }
  })
  worker.once('error', (error: NodeJS.ErrnoException) => {
    const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    reject(memory ? tooMuch(`needs more than ${limits.heapMegabytes} MB of memory to be read`) : error)
  })
  worker.once('exit', (code) => reject(new Error(`The thread ended with ${code} and no answer.`)))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
    await worker.terminate()
  }
}

/** @throws Fault REPORT_REFUSED, also for what takes too long or too much memory; CANCELLED by the signal */
export async function runRead(
  request: ReadRequest,
  signal?: AbortSignal,
  limits: RunLimits = reportLimits,
): Promise<ReadOne> {
  refuseTooLong(request.text)
  return request.text.length < limits.ownThread ? readEntry(request) : inThread(request, signal, limits)
}
