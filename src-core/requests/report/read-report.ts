/** Recognises the form of a report and reads it: a table, asked from the surest mark to the weakest. */
import { isCallDocument, readCallDocument } from './read-call-document.ts'
import { isCurl, readCurl } from './read-curl.ts'
import { isCurlVerbose, readCurlVerbose } from './read-curl-verbose.ts'
import { isHar, readHar } from './read-har.ts'
import { isHttp, readHttp } from './read-http.ts'
import type { ReadReport, ReportForm } from './report.ts'
import { refuseReport, refuseTooLong } from './report-limits.ts'

interface Recogniser {
  readonly form: ReportForm
  recognises(text: string): boolean
  read(text: string): ReadReport
}

const recognisers: readonly Recogniser[] = [
  { form: 'har', recognises: isHar, read: readHar },
  { form: 'tpp-call', recognises: isCallDocument, read: readCallDocument },
  { form: 'curl-verbose', recognises: isCurlVerbose, read: readCurlVerbose },
  { form: 'curl', recognises: isCurl, read: readCurl },
  { form: 'http', recognises: isHttp, read: readHttp },
]

/** The fence of a chat or a ticket around a pasted block. */
const fenced = /^```[^\r\n`]{0,40}\r?\n([\s\S]*?)\r?\n```[ \t]*(?:\r?\n|$)/

/** Takes off a byte order mark, empty lines before and a fence around. */
function bare(text: string): string {
  const plain = text.replace(/^\ufeff/, '').replace(/^(?:[ \t]*\r?\n)+/, '')
  const inside = fenced.exec(plain)?.[1]
  // Indented as a whole, as a quoted block is.
  const found = (inside ?? plain).replace(/^(?:[ \t]*\r?\n)+/, '')
  return found.replace(/^[ \t]+(?=\S)/, '')
}

/** @throws Fault REPORT_REFUSED */
export function readReport(text: string): ReadReport {
  refuseTooLong(text)
  const found = bare(text)
  const recogniser = recognisers.find(({ recognises }) => recognises(found))
  if (recogniser !== undefined) return recogniser.read(found)
  throw refuseReport(
    'The text is none of the reports that can be read.',
    'Give a HAR file, a raw HTTP request, a cURL command, the output of curl -v, or what tpp call --json printed.',
  )
}
