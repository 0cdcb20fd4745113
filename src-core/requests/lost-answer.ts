/** What to say when the answer to a call that changes something was lost: nobody here knows whether the bank has it. */
import type { Finding } from '#shared/contract/exchange.ts'
import type { CallReport } from '../http/call.ts'
import type { Prepared } from './prepared.ts'

/** RFC 9110 section 9.2.1: asking again changes nothing. */
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The calls that read the status of what this one is about, by the bank's own data. */
function statusCalls({ bank, operation }: Prepared): string[] {
  return bank.operations
    .filter(({ method, tags, path }) => method === 'GET' && tags[0] === operation.tags[0] && /\/status$/i.test(path))
    .map(({ id }) => id)
}

/** null where an answer came, nothing can have arrived, or sending again is harmless. */
export function lostAnswer(prepared: Prepared, report: CallReport): Finding | null {
  if (report.answer !== null || report.delivery !== 'unknown' || safe.has(prepared.method)) return null
  const id = report.requestHeaders.find(([name]) => name.toLowerCase() === 'x-request-id')?.[1]
  const calls = statusCalls(prepared)
  const ask = calls.length > 0 ? `Read the status first (${calls.join(', ')})` : 'Look at the bank first'
  return {
    id: 'delivery-unknown',
    severity: 'error',
    message: 'It is unknown if the bank received this. Nothing was sent a second time.',
    remedy: `${ask}${id === undefined ? '' : `, or ask the bank's support for X-Request-ID ${id}`}, before you send it again.`,
  }
}
