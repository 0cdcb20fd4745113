/** What is known of how far a request came: whether the bank has it, or can have it. */
import type { Delivery, Exchange } from '#shared/contract/exchange.ts'

/** Repeating them changes nothing at the bank (RFC 9110 section 9.2.1). */
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Exchanges kept before delivery was noted tell it only by their fault. */
const byFault: readonly (readonly [RegExp, Delivery])[] = [
  [/^NETWORK_(DNS|REFUSED|UNREACHABLE|PROXY)$/, 'not-sent'],
  [/^TLS_/, 'refused'],
  [/^RESPONSE_/, 'answered'],
]

export function deliveryOf({ delivery, response, fault }: Pick<Exchange, 'delivery' | 'response' | 'fault'>): Delivery {
  if (delivery !== null) return delivery
  if (response !== null || fault === null) return 'answered'
  return byFault.find(([code]) => code.test(fault.code))?.[1] ?? 'unknown'
}

/** A few words, for a line of facts. */
export const deliveryWords: Readonly<Record<Delivery, string>> = {
  'not-sent': 'Not sent',
  refused: 'Refused in TLS',
  unknown: 'Unknown if received',
  answered: 'Received by the bank',
}

/** One or two sentences; null where an answer came. */
export function deliverySentence(
  exchange: Pick<Exchange, 'fault' | 'request' | 'delivery' | 'response'>,
): string | null {
  const { fault, request } = exchange
  if (fault === null) return null
  switch (deliveryOf(exchange)) {
    case 'not-sent':
      return 'Nothing was sent: the bank did not receive the request.'
    case 'refused':
      return 'The TLS handshake failed: the bank did not take up the request.'
    case 'answered':
      return 'The bank received the request and began an answer that cannot be used.'
    case 'unknown': {
      if (safe.has(request.method))
        return `No answer came. A ${request.method} changes nothing at the bank: it can be sent again.`
      const unknown = 'It is unknown whether the bank received it.'
      const advice = 'Read the state at the bank before you send it again.'
      return fault.message.includes(unknown) ? advice : `${unknown} ${advice}`
    }
  }
}
