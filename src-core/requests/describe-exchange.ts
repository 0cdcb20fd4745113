/** Writes down a call as an exchange with every secret taken out. */
import { randomUUID } from 'node:crypto'
import type { Exchange, Finding } from '#shared/contract/exchange.ts'
import { formSecrets, redactBody, redactHeaders, redactUrl } from '#shared/redact.ts'
import { markedTexts, noMarks } from '#shared/redact-marked.ts'
import type { CallReport } from '../http/call.ts'
import type { SignatureTrace } from '../signing/signing-scheme.ts'
import type { KeptAnswer } from './large-answers.ts'
import { lostAnswer } from './lost-answer.ts'
import type { Prepared } from './prepared.ts'

export const headerValue = (headers: readonly (readonly [string, string])[], name: string): string =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? ''

/** Several parts of a call are written down apart, each with the same secrets taken out. */
const known = new WeakMap<Prepared, readonly string[]>()

/** Secrets of this very call: an answer may repeat them in its own words. */
export function secretsOf(prepared: Prepared): readonly string[] {
  const before = known.get(prepared)
  if (before !== undefined) return before
  // Frozen, so that their spellings are worked out once and not for every header.
  const made = Object.freeze(collectSecrets(prepared))
  known.set(prepared, made)
  return made
}

const requestMarks = ({ operation }: Prepared): readonly string[] => operation.secrets?.request ?? noMarks
/** Names the bank's data marks as secret in an answer. */
export const answerMarks = ({ operation }: Prepared): readonly string[] => operation.secrets?.response ?? noMarks

/** Values of parameters that are marked: a path shows them without their names. */
const markedParameters = ({ draft: { parameters } }: Prepared, marks: readonly string[]): string[] =>
  marks.length === 0 ? [] : Object.entries(parameters).flatMap(([name, value]) => (marks.includes(name) ? [value] : []))

function collectSecrets(prepared: Prepared): string[] {
  const marks = requestMarks(prepared)
  const own = prepared.headers
    .filter(([name]) => name.toLowerCase() === 'authorization')
    .map(([, value]) => value.replace(/^\S+\s+/, ''))
  const form = prepared.operation.body?.contentType.includes('x-www-form-urlencoded') ? prepared.body : null
  return [
    ...(prepared.grant === null ? [] : [prepared.grant.accessToken]),
    ...own,
    ...formSecrets(/\?([^#]*)/.exec(prepared.url)?.[1] ?? '', marks),
    ...formSecrets(form ?? '', marks),
    ...markedParameters(prepared, marks),
    ...markedTexts(form === null ? (prepared.body ?? '') : '', marks),
  ]
}

/** The request as it will be shown, before or after it was sent. */
export function describeRequest(
  prepared: Prepared,
  headers: readonly (readonly [string, string])[],
): Exchange['request'] {
  const secrets = secretsOf(prepared)
  const marks = requestMarks(prepared)
  const contentType = headerValue(headers, 'content-type')
  return {
    method: prepared.method,
    url: redactUrl(prepared.url, secrets, marks),
    headers: redactHeaders(headers, secrets, marks),
    body: prepared.body === null ? null : redactBody(prepared.body, contentType, secrets, marks),
  }
}

/** The signing string repeats headers, and with them what is taken out of those. */
export function describeSignature(prepared: Prepared, trace: SignatureTrace | null): Exchange['signature'] {
  if (trace === null) return null
  const secrets = secretsOf(prepared)
  const lines = trace.signingString.split('\n').map((line) => {
    const [, name, value] = /^([a-z0-9-]+): (.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) return line
    return `${name}: ${redactHeaders([[name, value]], secrets, requestMarks(prepared))[0]![1]}`
  })
  return {
    ...trace,
    signingString: lines.join('\n'),
    signedHeaders: [...trace.signedHeaders],
    byHand: [...trace.byHand],
  }
}

/** What is kept elsewhere of an answer that is too large to travel whole. */
export interface LargeAnswer extends KeptAnswer {
  readonly exchange: string
}

/** Without its explanations. `at` is when the call began, milliseconds since 1970. */
export function describeExchange(
  prepared: Prepared,
  signature: SignatureTrace | null,
  report: CallReport,
  findings: Finding[],
  at: number,
  large: LargeAnswer | null = null,
): Exchange {
  const secrets = secretsOf(prepared)
  const marks = answerMarks(prepared)
  const { answer } = report
  const contentType = headerValue(answer?.headers ?? [], 'content-type')
  const answerText =
    large?.head ?? (answer === null ? '' : redactBody(answer.body.toString('utf8'), contentType, secrets, marks))
  return {
    id: large?.exchange ?? randomUUID(),
    at: new Date(at).toISOString(),
    bank: prepared.bank.id,
    environment: prepared.environment.id,
    operation: prepared.operation.id,
    identity: prepared.identity?.id ?? null,
    grant: prepared.grant?.id ?? null,
    delivery: report.delivery,
    request: describeRequest(prepared, report.requestHeaders),
    response:
      answer === null
        ? null
        : {
            status: answer.status,
            headers: redactHeaders(answer.headers, secrets, marks),
            body: answerText,
            size: answer.size,
            ...(answer.stored === null ? {} : { bodyComplete: false, stored: large?.stored ?? null }),
          },
    fault: report.fault === null ? null : { code: report.fault.code, message: report.fault.message },
    signature: describeSignature(prepared, signature),
    tls: report.tls,
    timings: report.timings,
    findings: [
      ...findings,
      ...report.findings,
      ...[lostAnswer(prepared, report), large?.finding ?? null].filter((each) => each !== null),
    ],
    explanations: [],
  }
}
