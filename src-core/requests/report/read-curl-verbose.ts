/** Reads what `curl -v` prints: the lines sent (`>`), received (`<`) and said (`*`), and the body between them. */
import { bodyOf, readFields, requestLine, statusLine } from './message-text.ts'
import { isCurl, readCurl } from './read-curl.ts'
import { noHints, type ReadReport, type Remark, type ReportEntry, urlOf } from './report.ts'
import { refuseReport, reportLimits } from './report-limits.ts'

interface Heard {
  method: string
  target: string
  readonly sent: string[]
  status: number | null
  received: string[]
  body: string[]
  readonly said: string[]
}

/** The progress meter, and the notes on bytes that -v writes between the lines. */
const noise = /^(?:[{}] \[\d+ bytes data\]|\s*% Total\b|\s*Dload\b|\s*\d{1,3}\s.{0,80}--:--:--)/

const sentLine = /^> ?(.*)$/
const receivedLine = /^< ?(.*)$/
const saidLine = /^\* ?(.*)$/

function hear(state: Heard[], said: string[], line: string): void {
  const current = state.at(-1)
  const sent = sentLine.exec(line)?.[1]
  const [, method, target] = sent === undefined ? [] : (requestLine.exec(sent) ?? [])
  if (method !== undefined && target !== undefined) {
    if (state.length >= reportLimits.entries) return
    state.push({ method, target, sent: [], status: null, received: [], body: [], said: [...said] })
    return
  }
  if (saidLine.test(line)) {
    ;(current?.said ?? said).push(line)
    return
  }
  if (current === undefined) return
  const received = receivedLine.exec(line)?.[1]
  if (sent !== undefined && current.status === null) current.sent.push(sent)
  else if (received !== undefined) {
    const status = statusLine.exec(received)?.[1]
    if (status === undefined) current.received.push(received)
    else {
      // The last answer counts: 100 Continue and the proxy's own come before it.
      current.status = Number(status)
      current.received = []
      current.body = []
    }
  } else if (current.status !== null && !noise.test(line)) current.body.push(line)
}

/** Whether curl said that it sent a certificate: TLS 1.2 and 1.3 both name the message. */
function certificateSaid(said: readonly string[]): boolean | null {
  const text = said.join('\n')
  if (/\(OUT\), TLS handshake, CERT verify/.test(text)) return true
  return /\(OUT\), TLS handshake, (?:Finished|Client hello)/i.test(text) ? false : null
}

function remarksOf(heard: Heard): Remark[] {
  const said = heard.said.join('\n')
  const tls = /SSL connection using (\S+) \/ (\S+)/.exec(said)
  const remarks: Remark[] = []
  if (tls) remarks.push({ id: 'tls', message: `The connection used ${tls[1]} with ${tls[2]}.` })
  if (/\(OUT\), TLS handshake, Certificate/.test(said) && certificateSaid(heard.said) === false) {
    const message = 'The bank asked for a client certificate and curl had none to send.'
    remarks.push({ id: 'certificate-empty', message })
  }
  if (heard.status === null) {
    const why = /^\* ((?:SSL|OpenSSL|Recv failure|Empty reply|Could not|Failed to|Connection).*)$/m.exec(said)?.[1]
    remarks.push({ id: 'no-answer', message: `No answer came${why === undefined ? '.' : `: ${why}.`}` })
  }
  return remarks
}

/** A body without a line end has curl's last remark behind it. */
const bodyText = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/\* Connection #\d+ to host [^\n]{0,200} left intact\s*$/, '')
    .replace(/\n$/, '')

/** curl does not print the body it sends; the command above its output has it. */
function entryOf(heard: Heard, command: ReportEntry | null): ReportEntry {
  const headers = readFields(heard.sent)
  const received = readFields(heard.received)
  const body = command?.request.body ?? null
  const sendsBody = headers.some(([name, value]) => name.toLowerCase() === 'content-length' && Number(value) > 0)
  const remarks = [...remarksOf(heard), ...(command?.remarks ?? [])]
  if (sendsBody && body === null) {
    const message = 'The body that was sent is not in the output of curl -v; ask for the command too.'
    remarks.push({ id: 'body-absent', message })
  }
  return {
    request: { method: heard.method, url: urlOf(heard.target, headers), headers, body },
    response:
      heard.status === null
        ? null
        : { status: heard.status, headers: received, body: bodyOf(bodyText(heard.body), received) ?? '' },
    at: null,
    hints: noHints,
    clientCertificate: certificateSaid(heard.said) ?? (command?.clientCertificate ? true : null),
    remarks,
  }
}

export const isCurlVerbose = (text: string): boolean => /^> [A-Z]{3,10} \S+ HTTP\/\d/m.test(text)

/** @throws Fault REPORT_REFUSED */
export function readCurlVerbose(text: string): ReadReport {
  const start = /^[*>] /m.exec(text)?.index ?? 0
  const before = text.slice(0, start).trim()
  const command = isCurl(before) ? (readCurl(before).entries[0] ?? null) : null
  const state: Heard[] = []
  const said: string[] = []
  for (const line of text.slice(start).split(/\r?\n/)) hear(state, said, line)
  if (state.length === 0)
    throw refuseReport('The output names no request.', 'Copy it from the first line that begins with ">".')
  return { form: 'curl-verbose', entries: state.map((heard) => entryOf(heard, command)), remarks: [] }
}
