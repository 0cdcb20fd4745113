/** An exchange as the terminal shows it: the document others script against, and lines for people. */
import type { Exchange, Explanation, Finding } from '#shared/contract/requests.ts'

/** JSON text as its value, anything else as text. Integers JavaScript would round stay text. */
function bodyValue(text: string | null): unknown {
  if (text === null || text === '') return null
  if (/\d{16,}/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, ''))) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const headerRecord = (headers: readonly (readonly [string, string])[]): Record<string, string> => {
  const joined = new Map<string, [string, string]>()
  for (const [name, value] of headers) {
    const field = joined.get(name.toLowerCase())
    if (field === undefined) joined.set(name.toLowerCase(), [name, value])
    else field[1] += `, ${value}`
  }
  return Object.fromEntries(joined.values())
}

/** The document of `tpp call --json`. */
export function exchangeDocument(exchange: Exchange) {
  const { id, bank, environment, operation, request, response, tls, timings, findings, explanations } = exchange
  return {
    id,
    bank,
    environment,
    operation,
    request: {
      method: request.method,
      url: request.url,
      headers: headerRecord(request.headers),
      body: bodyValue(request.body),
    },
    response:
      response === null
        ? null
        : { status: response.status, headers: headerRecord(response.headers), body: bodyValue(response.body) },
    signature: exchange.signature,
    tls:
      tls === null
        ? null
        : {
            protocol: tls.protocol,
            cipher: tls.cipher,
            resumed: tls.resumed,
            clientCertificate: tls.clientCertificate,
            serverChain: tls.serverChain,
          },
    timings,
    findings: findings.map(({ id: finding, severity, message, remedy }) => ({
      id: finding,
      severity,
      message,
      ...(remedy === undefined ? {} : { remedy }),
    })),
    explanations,
  }
}

const marks = { error: 'error', warning: 'warning', note: 'note' } as const

export const findingLines = (findings: readonly Finding[]): string[] =>
  findings.map(
    ({ severity, message, remedy }) => `${marks[severity]}: ${message}${remedy === undefined ? '' : ` ${remedy}`}`,
  )

export const explanationLines = ([best]: readonly Explanation[]): string[] =>
  best === undefined
    ? []
    : [`This is row ${best.errorId} of the bank's table: ${best.title}.`, `Cause: ${best.cause}`, `Fix:   ${best.fix}`]

function prettyBody(text: string): string {
  const value = bodyValue(text)
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : text
}

/** What a bank answers must not steer the terminal: control characters but tab and line feed are shown as U+FFFD. */
const printable = (text: string): string => text.replaceAll('\r\n', '\n').replace(/[^\P{Cc}\t\n]/gu, '\ufffd')

export function exchangeText(exchange: Exchange): string {
  const { request, response, tls, timings, findings, explanations } = exchange
  const lines = [`${request.method} ${request.url}`, ...findingLines(findings)]
  if (response !== null) {
    lines.push(
      `${response.status} in ${Math.round(timings.total)} ms (dns ${timings.dns} tcp ${timings.tcp} tls ${timings.tls} wait ${timings.wait} download ${timings.download})`,
    )
  }
  if (tls !== null) {
    const sent =
      tls.clientCertificate === null
        ? 'no client certificate sent'
        : `client certificate ${tls.clientCertificate.sha256.slice(0, 16)}… sent`
    lines.push(`${tls.protocol} ${tls.cipher}, ${tls.resumed ? 'resumed, ' : ''}${sent}`)
  }
  if (exchange.fault !== null) lines.push(`${exchange.fault.code}: ${exchange.fault.message}`)
  if (response !== null && response.body !== '') lines.push('', prettyBody(response.body))
  const why = explanationLines(explanations)
  if (why.length > 0) lines.push('', ...why)
  return printable(lines.join('\n'))
}

/** 0 for a 2xx, 1 for anything else a bank answers. */
export const exchangeExit = (exchange: Exchange): number => {
  const status = exchange.response?.status ?? 0
  return status >= 200 && status < 300 ? 0 : 1
}
