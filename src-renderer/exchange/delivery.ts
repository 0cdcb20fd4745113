/** What is known of a call that got no answer: whether the bank can have received it. */
import type { Exchange } from '#shared/contract/requests.ts'

/** Repeating them changes nothing at the bank (RFC 9110 section 9.2.1). */
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])
const neverLeft = /^NETWORK_(DNS|REFUSED|UNREACHABLE)$/
const handshake = /^TLS_/
const answered = /^RESPONSE_/

/** One or two sentences; null where an answer came. */
export function deliverySentence({ fault, request }: Pick<Exchange, 'fault' | 'request'>): string | null {
  if (fault === null) return null
  if (neverLeft.test(fault.code)) return 'No connection was made: the bank did not receive the request.'
  if (handshake.test(fault.code)) return 'The TLS handshake failed: the bank did not take up the request.'
  if (answered.test(fault.code)) return 'The bank received the request and answered with something that cannot be read.'
  if (safe.has(request.method))
    return `No answer came. A ${request.method} changes nothing at the bank: it can be sent again.`
  const unknown = 'It is unknown whether the bank received it.'
  const advice = 'Read the state at the bank before you send it again.'
  return fault.message.includes(unknown) ? advice : `${unknown} ${advice}`
}
