/** What opening a report takes at most, and the one way it refuses: naming what, and what to do instead. */
import { mostReportCharacters } from '#shared/contract/reports.ts'
import { Fault } from '#shared/fault.ts'

const megabyte = 1024 * 1024

export const reportLimits = {
  /** Characters of the whole text. */
  characters: mostReportCharacters,
  /** Characters from which on a thread of its own reads it. */
  ownThread: megabyte / 2,
  entries: 2_000,
  headers: 300,
  /** Objects and lists inside one another. */
  depth: 200,
  /** Words of one command line. */
  words: 2_000,
  milliseconds: 10_000,
  heapMegabytes: 768,
} as const

export const refuseReport = (what: string, remedy: string, details: Record<string, unknown> = {}): Fault =>
  new Fault('REPORT_REFUSED', `${what} ${remedy}`, details)

/** @throws Fault REPORT_REFUSED */
export function refuseTooLong(text: string): void {
  if (text.length <= reportLimits.characters) return
  throw refuseReport(
    `The report has ${(text.length / megabyte).toFixed(1)} MB; ${reportLimits.characters / megabyte} MB is the most.`,
    'Export only the failing call.',
  )
}
