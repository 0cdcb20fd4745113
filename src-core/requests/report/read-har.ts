/** Reads HAR 1.2 (W3C web performance, "HTTP Archive"): one entry per call, in the order of the file. */
import { listMember, member, readJson, textMember } from './read-json.ts'
import type { Header, ReadReport, Remark, ReportEntry, ReportHints, ReportResponse } from './report.ts'
import { refuseReport, reportLimits } from './report-limits.ts'

function headersOf(message: unknown): Header[] {
  return listMember(message, 'headers')
    .slice(0, reportLimits.headers)
    .flatMap((each): Header[] => {
      const name = textMember(each, 'name')
      // Browsers note HTTP/2's pseudo-headers among the others; they are method and URL.
      return name === null || name.startsWith(':') ? [] : [[name, textMember(each, 'value') ?? '']]
    })
}

const encodePair = (each: unknown): string =>
  `${encodeURIComponent(textMember(each, 'name') ?? '')}=${encodeURIComponent(textMember(each, 'value') ?? '')}`

function postedBody(request: unknown): { body: string | null; remarks: Remark[] } {
  const posted = member(request, 'postData')
  if (posted === undefined || posted === null) return { body: null, remarks: [] }
  const text = textMember(posted, 'text')
  if (text !== null && text !== '') {
    const base64 = textMember(posted, 'encoding') === 'base64'
    return { body: base64 ? Buffer.from(text, 'base64').toString('utf8') : text, remarks: [] }
  }
  const fields = listMember(posted, 'params')
  if (fields.length === 0) return { body: null, remarks: [] }
  const message = 'The file has the fields of the form and not its text: it was put together again.'
  return { body: fields.map(encodePair).join('&'), remarks: [{ id: 'body-rebuilt', message }] }
}

function responseOf(response: unknown): ReportResponse | null {
  const status = member(response, 'status')
  // Browsers write 0 where no answer came.
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 999) return null
  const content = member(response, 'content')
  const text = textMember(content, 'text') ?? ''
  const body = textMember(content, 'encoding') === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text
  return { status, headers: headersOf(response), body }
}

function hintsOf(entry: unknown): ReportHints {
  const own = member(entry, '_tpp')
  return {
    bank: textMember(own, 'bank'),
    environment: textMember(own, 'environment'),
    operation: textMember(own, 'operation'),
  }
}

function entryOf(entry: unknown): ReportEntry | null {
  const request = member(entry, 'request')
  const url = textMember(request, 'url')
  if (url === null || url === '') return null
  const { body, remarks } = postedBody(request)
  const started = textMember(entry, 'startedDateTime')
  return {
    request: {
      method: (textMember(request, 'method') ?? 'GET').toUpperCase(),
      url,
      headers: headersOf(request),
      body,
    },
    response: responseOf(member(entry, 'response')),
    at: started === null || Number.isNaN(Date.parse(started)) ? null : new Date(started).toISOString(),
    hints: hintsOf(entry),
    clientCertificate: null,
    remarks,
  }
}

export const isHar = (text: string): boolean =>
  text.startsWith('{') && /"entries"\s*:/.test(text) && text.includes('"log"')

/** @throws Fault REPORT_REFUSED */
export function readHar(text: string): ReadReport {
  const found = listMember(member(readJson(text), 'log'), 'entries')
  const entries = found.slice(0, reportLimits.entries).flatMap((each) => entryOf(each) ?? [])
  if (entries.length === 0)
    throw refuseReport('The HAR file holds no request.', 'Record the failing call and export it again.')
  const cut = found.length > reportLimits.entries
  const message = `The file has ${found.length} calls; the first ${reportLimits.entries} are shown.`
  return { form: 'har', entries, remarks: cut ? [{ id: 'cut', message }] : [] }
}
