/** An exchange as the terminal shows it: the document others script against, and lines for people. */
import type { Delivery, Exchange, Explanation, Finding } from '#shared/contract/exchange.ts'
import { commandOf, type Remedy } from '#shared/remedy.ts'
import { printable } from './printable.ts'

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
    grant: exchange.grant,
    delivery: exchange.delivery,
    findings: findings.map(({ id: finding, severity, message, remedy, place, remedies }) => ({
      id: finding,
      severity,
      message,
      ...(remedy === undefined ? {} : { remedy }),
      ...(place === undefined ? {} : { place }),
      ...(remedies === undefined ? {} : { remedies: withCommands(remedies) }),
    })),
    explanations: explanations.map((each) => ({ ...each, remedies: withCommands(each.remedies) })),
  }
}

/** Said where no answer came. */
const deliverySentences: Readonly<Record<Delivery, string>> = {
  'not-sent': 'not sent: the bank did not receive it',
  refused: 'refused in TLS: the bank did not take it up',
  unknown: 'sent; it is unknown whether the bank received it',
  answered: 'received by the bank, which had begun to answer',
}

const marks = { error: 'error', warning: 'warning', note: 'note' } as const

export const findingLines = (findings: readonly Finding[]): string[] =>
  findings.map(
    ({ severity, message, remedy }) => `${marks[severity]}: ${message}${remedy === undefined ? '' : ` ${remedy}`}`,
  )

const withCommands = (remedies: readonly Remedy[]) =>
  remedies.map((remedy) => ({ ...remedy, command: commandOf(remedy) }))

/** How an explanation is introduced: what is certain, and what is not. */
const introductions: Readonly<Record<Explanation['match'], (one: Explanation) => string>> = {
  words: ({ errorId, title }) => `This is row ${errorId} of the bank's table: ${title.replace(/\.$/, '')}.`,
  evidence: ({ title }) => `The bank does not say so, but it is certain: ${title.replace(/\.$/, '')}.`,
  nearest: ({ errorId, title }) =>
    `This answer is none of the bank's table. Nearest to it is row ${errorId}: ${title.replace(/\.$/, '')}.`,
  fault: ({ title }) => `${title.replace(/\.$/, '')}.`,
  standard: ({ title }) => `The bank's table does not have it; its standard does: ${title.replace(/\.$/, '')}.`,
}

const holding = { true: 'yes', false: 'no', unknown: 'open' } as const

/** Each piece of evidence that was looked at, once. */
function proofLines({ causes }: Explanation): string[] {
  const proofs = causes.flatMap((cause) => cause.proofs)
  const words = proofs.map(({ holds, sentence }) => `  ${holding[`${holds}`].padEnd(5)}${sentence}`)
  return words.length === 0 ? [] : ['Evidence:', ...new Set(words)]
}

export const explanationLines = ([best]: readonly Explanation[]): string[] =>
  best === undefined
    ? []
    : [
        introductions[best.match](best),
        ...(best.contradicted === null ? [] : [best.contradicted]),
        `Cause: ${best.cause}`,
        ...proofLines(best),
        `Fix:   ${best.fix}`,
        ...best.remedies.map((remedy) => `       ${remedy.label}: ${commandOf(remedy)}`),
      ]

function prettyBody(text: string): string {
  const value = bodyValue(text)
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : text
}

/** Characters of a large body that are printed. */
const mostPrinted = 4000

/** What was not kept whole is said by a finding. */
function bodyLines(id: string, { body, bodyComplete, stored, size }: NonNullable<Exchange['response']>): string[] {
  if (bodyComplete !== false) return [prettyBody(body)]
  const shown = body.slice(0, mostPrinted).replace(/[\ud800-\udbff]$/, '')
  const whole = `The body has ${(size / 1e6).toFixed(1)} MB; this is its beginning.`
  return [shown, '…', '', stored ? `${whole} All of it: tpp history show ${id} --output FILE` : whole]
}

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
  if (exchange.grant !== null) lines.push(`token of grant ${exchange.grant}`)
  if (response === null && exchange.delivery !== null) lines.push(deliverySentences[exchange.delivery])
  if (exchange.fault !== null) lines.push(`${exchange.fault.code}: ${exchange.fault.message}`)
  if (response !== null && response.body !== '') lines.push('', ...bodyLines(exchange.id, response))
  const why = explanationLines(explanations)
  if (why.length > 0) lines.push('', ...why)
  return printable(lines.join('\n'))
}

/** 0 for a 2xx, 1 for anything else a bank answers. */
export const exchangeExit = (exchange: Exchange): number => {
  const status = exchange.response?.status ?? 0
  return status >= 200 && status < 300 ? 0 : 1
}
