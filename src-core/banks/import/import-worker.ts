/** The thread an import runs in: one request in, one answer out, and the thread ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { isFault } from '#shared/fault.ts'
import { type ImportRequest, type ImportResult, importDocument } from './import-document.ts'
import { importFolder, isBankFolder } from './import-folder.ts'

/** What comes back: a thrown Fault loses its class on the way, so it travels as data. */
export type WorkerAnswer =
  | { readonly result: ImportResult }
  | { readonly fault: { code: string; message: string; details: Record<string, unknown> } }
  | { readonly mistake: string }

function answer(request: ImportRequest): WorkerAnswer {
  try {
    return { result: isBankFolder(request) ? importFolder(request) : importDocument(request) }
  } catch (error) {
    if (isFault(error)) return { fault: error.toJSON() }
    return { mistake: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.postMessage(answer(workerData as ImportRequest))
