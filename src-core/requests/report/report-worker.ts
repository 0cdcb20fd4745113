/** The thread a large report is read in: one text in, one call out, and the thread ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { threadAnswer } from '../../files/thread-answer.ts'
import { type ReadRequest, readEntry } from './read-entry.ts'

parentPort?.postMessage(threadAnswer(() => readEntry(workerData as ReadRequest)))
