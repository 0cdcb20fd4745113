/** How far a request came, for new exchanges and for those kept before it was noted. */
import { describe, expect, it } from 'vitest'
import type { Exchange } from '#shared/contract/exchange.ts'
import { deliveryOf, deliverySentence } from './delivery.ts'

const response = { status: 200, headers: [], body: '', size: 0 }
const request = { method: 'POST', url: 'https://b.example', headers: [], body: null }
type Known = Pick<Exchange, 'delivery' | 'response' | 'fault' | 'request'>
const lost = (code: string, delivery: Exchange['delivery'] = null): Known => ({
  delivery,
  response: null,
  fault: { code, message: 'm' },
  request,
})

describe('how far a request came', () => {
  it.each([
    [{ ...lost('DEADLINE'), fault: null, response }, 'answered'],
    [lost('NETWORK_PROXY'), 'not-sent'],
    [lost('NETWORK_DNS'), 'not-sent'],
    [lost('TLS_CHAIN'), 'refused'],
    [lost('RESPONSE_MALFORMED'), 'answered'],
    [lost('DEADLINE'), 'unknown'],
    // What was noted goes before what a code suggests.
    [lost('DEADLINE', 'not-sent'), 'not-sent'],
  ] as const)('%#: is %s', (exchange, delivery) => {
    expect(deliveryOf(exchange)).toBe(delivery)
  })

  it('is a sentence only where no answer came, with advice for what cannot be sent twice', () => {
    expect(deliverySentence({ ...lost('x'), fault: null, response })).toBeNull()
    expect(deliverySentence(lost('DEADLINE', 'not-sent'))).toMatch(/^Nothing was sent/)
    expect(deliverySentence(lost('NETWORK_RESET', 'unknown'))).toMatch(/unknown whether.*Read the state/)
    expect(deliverySentence({ ...lost('NETWORK_RESET', 'unknown'), request: { ...request, method: 'GET' } })).toMatch(
      /can be sent again/,
    )
  })
})
