/** The thread an import runs in: one request in, one answer out, and the thread ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { threadAnswer } from '../../files/thread-answer.ts'
import { type ImportRequest, importDocument } from './import-document.ts'
import { importFolder, isBankFolder } from './import-folder.ts'

const request = workerData as ImportRequest
parentPort?.postMessage(threadAnswer(() => (isBankFolder(request) ? importFolder(request) : importDocument(request))))
