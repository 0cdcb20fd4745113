/** Reads a report and takes one of its calls out, with a list of the others: what a thread of its own hands back. */
import { redactUrl } from '#shared/redact.ts'
import { readReport } from './read-report.ts'
import type { Remark, ReportEntry, ReportForm } from './report.ts'
import { refuseReport } from './report-limits.ts'

export interface ReadRequest {
  readonly text: string
  /** Place in the list, from 0; the likeliest one where left out. */
  readonly entry?: number | undefined
  /** `host[:port]` of every bank that is known, lower case. */
  readonly hosts: readonly string[]
}

export interface EntryLine {
  readonly index: number
  readonly method: string
  /** Secrets taken out. */
  readonly url: string
  readonly status: number | null
  readonly at: string | null
}

export interface ReadOne {
  readonly form: ReportForm
  readonly entries: readonly EntryLine[]
  readonly chosen: number
  readonly entry: ReportEntry
  readonly remarks: readonly Remark[]
}

const hostOf = (url: string): string => /^https?:\/\/([^/?#]*)/i.exec(url)?.[1]?.toLowerCase() ?? ''

/** The first failing call to a bank that is known, else the first failing one, else the first to such a bank. */
function likeliest(entries: readonly ReportEntry[], hosts: readonly string[]): number {
  const ours = ({ request }: ReportEntry) => hosts.includes(hostOf(request.url))
  const failed = ({ response }: ReportEntry) => response === null || response.status >= 400
  const ways = [(entry: ReportEntry) => ours(entry) && failed(entry), failed, ours]
  for (const way of ways) {
    const found = entries.findIndex(way)
    if (found >= 0) return found
  }
  return 0
}

/** @throws Fault REPORT_REFUSED */
export function readEntry({ text, entry, hosts }: ReadRequest): ReadOne {
  const report = readReport(text)
  const chosen = entry ?? likeliest(report.entries, hosts)
  const found = report.entries[chosen]
  if (found === undefined)
    throw refuseReport(
      `The report has ${report.entries.length} calls, numbered from 0; there is no ${chosen}.`,
      'Choose one of the list.',
      { entries: report.entries.length },
    )
  return {
    form: report.form,
    entries: report.entries.map(({ request, response, at }, index) => ({
      index,
      method: request.method,
      url: redactUrl(request.url).slice(0, 500),
      status: response?.status ?? null,
      at,
    })),
    chosen,
    entry: found,
    remarks: [...report.remarks, ...found.remarks],
  }
}
