/** Reads a report: a small one at once, a large one in a thread of its own that is ended when it takes too much. */
import type { Fault } from '#shared/fault.ts'
import { inOwnThread, type ThreadLimits, threadScript } from '../../files/own-thread.ts'
import { type ReadOne, type ReadRequest, readEntry } from './read-entry.ts'
import { refuseReport, refuseTooLong, reportLimits } from './report-limits.ts'

export interface RunLimits extends ThreadLimits {
  /** Characters from which on the thread is used. */
  readonly ownThread: number
}

const tooMuch = (what: string): Fault => refuseReport(`The report ${what}.`, 'Export only the failing call.')

const inThread = (request: ReadRequest, signal: AbortSignal | undefined, limits: RunLimits): Promise<ReadOne> =>
  inOwnThread({
    script: threadScript(import.meta.dirname, 'report-read.js', 'report-worker.ts'),
    what: 'Reading the report',
    request,
    limits,
    signal,
    cancelled: 'Opening the report was cancelled.',
    tooMuch,
  })

/** @throws Fault REPORT_REFUSED, also for what takes too long or too much memory; CANCELLED by the signal */
export async function runRead(
  request: ReadRequest,
  signal?: AbortSignal,
  limits: RunLimits = reportLimits,
): Promise<ReadOne> {
  refuseTooLong(request.text)
  return request.text.length < limits.ownThread ? readEntry(request) : inThread(request, signal, limits)
}
