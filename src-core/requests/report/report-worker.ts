/** The thread a large report is read in: one text in, one call out, and the thread ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { isFault } from '#shared/fault.ts'
import { type ReadOne, type ReadRequest, readEntry } from './read-entry.ts'

/** What comes back: a thrown Fault loses its class on the way, so it travels as data. */
export type ReportAnswer =
  | { readonly result: ReadOne }
  | { readonly fault: { code: string; message: string; details: Record<string, unknown> } }
  | { readonly mistake: string }

function answer(request: ReadRequest): ReportAnswer {
  try {
    return { result: readEntry(request) }
  } catch (error) {
    if (isFault(error)) return { fault: error.toJSON() }
    return { mistake: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.postMessage(answer(workerData as ReadRequest))
