/** Writes down a call as an exchange with every secret taken out. */
import { randomUUID } from 'node:crypto'
import type { Exchange, Finding } from '#shared/contract/requests.ts'
import { redactBody, redactHeaders, redactUrl } from '#shared/redact.ts'
import type { CallReport } from '../http/call.ts'
import { explain } from './explain.ts'
import type { Prepared } from './prepared.ts'

const headerValue = (headers: readonly (readonly [string, string])[], name: string): string =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? ''

/** The request as it will be shown, before or after it was sent. */
export function describeRequest(
  prepared: Prepared,
  headers: readonly (readonly [string, string])[],
): Exchange['request'] {
  const secrets = prepared.grant === null ? [] : [prepared.grant.accessToken]
  const contentType = headerValue(headers, 'content-type')
  return {
    method: prepared.operation.method,
    url: redactUrl(prepared.url, secrets),
    headers: redactHeaders(headers, secrets),
    body: prepared.body === null ? null : redactBody(prepared.body, contentType, secrets),
  }
}

/** `at` is when the call began, milliseconds since 1970. */
export function describeExchange(prepared: Prepared, report: CallReport, findings: Finding[], at: number): Exchange {
  const secrets = prepared.grant === null ? [] : [prepared.grant.accessToken]
  const { answer } = report
  const answerText = answer === null ? '' : answer.body.toString('utf8')
  return {
    id: randomUUID(),
    at: new Date(at).toISOString(),
    bank: prepared.bank.id,
    environment: prepared.environment.id,
    operation: prepared.operation.id,
    identity: prepared.identity?.id ?? null,
    request: describeRequest(prepared, report.requestHeaders),
    response:
      answer === null
        ? null
        : {
            status: answer.status,
            headers: redactHeaders(answer.headers, secrets),
            body: redactBody(answerText, headerValue(answer.headers, 'content-type'), secrets),
            size: answer.body.length,
          },
    fault: report.fault === null ? null : { code: report.fault.code, message: report.fault.message },
    tls: report.tls,
    timings: report.timings,
    findings,
    explanations: answer === null ? [] : explain(prepared.bank, prepared.operation.id, answer.status, answerText),
  }
}
