/** Reads a raw HTTP request, with or without the answer below it. */
import { bodyOf, readFields, requestLine, statusLine } from './message-text.ts'
import { type Header, noHints, type ReadReport, type Remark, type ReportResponse, urlOf } from './report.ts'
import { refuseReport } from './report-limits.ts'

interface Message {
  readonly first: string
  readonly headers: readonly Header[]
  readonly rest: string
}

/** Splits behind the first empty line; the body keeps its own line ends. */
function readMessage(text: string): Message {
  const end = /\r?\n[ \t]*\r?\n/.exec(text)
  const head = end === null ? text : text.slice(0, end.index)
  const [first = '', ...lines] = head.split(/\r?\n/)
  return { first, headers: readFields(lines), rest: end === null ? '' : text.slice(end.index + end[0].length) }
}

/** Offset of the answer's status line; the length of the text where there is none. */
function answerAt(text: string): number {
  const found = /(?:^|\n)HTTP\/\d(?:\.\d)? \d{3}(?=[ \r\n]|$)/.exec(text)
  if (found === null) return text.length
  return found.index + (found[0].startsWith('\n') ? 1 : 0)
}

/** The answers one below the other; a 1xx comes before the one that counts (RFC 9110 section 15.2). */
function readResponse(text: string): ReportResponse | null {
  const { first, headers, rest } = readMessage(text)
  const status = Number(statusLine.exec(first)?.[1])
  if (Number.isNaN(status)) return null
  if (status < 200 && rest.startsWith('HTTP/')) return readResponse(rest)
  return { status, headers, body: bodyOf(rest, headers) ?? '' }
}

export const isHttp = (text: string): boolean => requestLine.test(text.slice(0, 8_192).split(/\r?\n/, 1)[0] ?? '')

const chunked = (headers: readonly Header[]): boolean =>
  headers.some(([name, value]) => name.toLowerCase() === 'transfer-encoding' && /chunked/i.test(value))

/** @throws Fault REPORT_REFUSED */
export function readHttp(text: string): ReadReport {
  const start = answerAt(text)
  const { first, headers, rest } = readMessage(text.slice(0, start))
  const [, method, target] = requestLine.exec(first) ?? []
  if (method === undefined || target === undefined)
    throw refuseReport('The first line is no request line.', 'It reads like: GET /accounts HTTP/1.1')
  const response = start < text.length ? readResponse(text.slice(start)) : null
  // The blank line that separates request and answer belongs to neither.
  const body = bodyOf(start < text.length ? rest.replace(/(?:\r?\n){1,2}$/, '') : rest, headers)
  const remarks: Remark[] = []
  if (chunked(headers) || chunked(response?.headers ?? []))
    remarks.push({ id: 'chunked', message: 'A body was sent in chunks; their lengths may stand in the text.' })
  return {
    form: 'http',
    entries: [
      {
        request: { method, url: urlOf(target, headers), headers, body },
        response,
        at: null,
        hints: noHints,
        clientCertificate: null,
        remarks,
      },
    ],
    remarks: [],
  }
}
