/** Reads what `tpp call --json` and `tpp history show --json` print; several in a list are several calls. */
import { isFields, member, readJson, textMember } from './read-json.ts'
import type { Header, ReadReport, Remark, ReportEntry, ReportResponse } from './report.ts'
import { refuseReport, reportLimits } from './report-limits.ts'

function headersOf(message: unknown): Header[] {
  const headers = member(message, 'headers')
  if (Array.isArray(headers))
    return headers.slice(0, reportLimits.headers).flatMap((pair: unknown): Header[] => {
      const [name, value] = Array.isArray(pair) ? (pair as unknown[]) : []
      return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : []
    })
  if (!isFields(headers)) return []
  return Object.entries(headers)
    .slice(0, reportLimits.headers)
    .flatMap(([name, value]): Header[] => (typeof value === 'string' ? [[name, value]] : []))
}

/** The document holds JSON bodies as values. */
function bodyOf(message: unknown): string | null {
  const body = member(message, 'body')
  if (body === undefined || body === null) return null
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function responseOf(response: unknown): ReportResponse | null {
  const status = member(response, 'status')
  if (typeof status !== 'number') return null
  return { status, headers: headersOf(response), body: bodyOf(response) ?? '' }
}

const bytesUnknown: Remark = {
  id: 'bytes-unknown',
  message: 'The document holds the body as JSON, so its white space, and with it its digest, is not what was sent.',
}

function entryOf(call: unknown): ReportEntry | null {
  const request = member(call, 'request')
  const url = textMember(request, 'url')
  if (url === null) return null
  const tls = member(call, 'tls')
  const at = textMember(call, 'at')
  const asValue = isFields(member(request, 'body')) || Array.isArray(member(request, 'body'))
  return {
    request: {
      method: (textMember(request, 'method') ?? 'GET').toUpperCase(),
      url,
      headers: headersOf(request),
      body: bodyOf(request),
    },
    response: responseOf(member(call, 'response')),
    at: at === null || Number.isNaN(Date.parse(at)) ? null : new Date(at).toISOString(),
    hints: {
      bank: textMember(call, 'bank'),
      environment: textMember(call, 'environment'),
      operation: textMember(call, 'operation'),
    },
    clientCertificate: isFields(tls) ? isFields(member(tls, 'clientCertificate')) : null,
    remarks: asValue ? [bytesUnknown] : [],
  }
}

export const isCallDocument = (text: string): boolean =>
  /^[{[]/.test(text) && (/"request"\s*:\s*\{/.test(text) || /^\{\s*"fault"\s*:/.test(text))

/** @throws Fault REPORT_REFUSED */
export function readCallDocument(text: string): ReadReport {
  const value = readJson(text)
  const fault = member(value, 'fault')
  if (member(value, 'request') === undefined && isFields(fault)) {
    const what = `The document is a fault, ${textMember(fault, 'code') ?? 'without a code'}: nothing came back from a bank.`
    throw refuseReport(what, 'Its message says what to do; the request itself is not in it.')
  }
  const calls = Array.isArray(value) ? value : [value]
  const entries = calls.slice(0, reportLimits.entries).flatMap((each) => entryOf(each) ?? [])
  if (entries.length === 0) throw refuseReport('The document holds no request.', 'Give what tpp call --json printed.')
  return { form: 'tpp-call', entries, remarks: [] }
}
