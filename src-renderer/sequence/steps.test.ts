import { describe, expect, it } from 'vitest'
import type { HistoryRow } from '#shared/contract/history.ts'
import { escapeXml, sequenceSvg } from './sequence-svg.ts'
import { type CustomerMoment, sequenceSteps, shortPath } from './steps.ts'

const row = (second: number, change: Partial<HistoryRow> = {}): HistoryRow => ({
  id: `e${second}`,
  at: `2026-03-02T10:00:${String(second).padStart(2, '0')}.000Z`,
  bank: 'b',
  environment: 'sandbox',
  operation: 'list',
  method: 'GET',
  url: 'https://bank.test/v1/accounts',
  status: 200,
  fault: null,
  errorId: null,
  errorTitle: null,
  errorCode: null,
  identity: null,
  grant: null,
  requestId: null,
  total: 12,
  clockSkew: null,
  bodies: 'kept',
  position: second,
  ...change,
})

const moment = (second: number, type: CustomerMoment['type']): CustomerMoment => ({
  key: `m${second}`,
  at: `2026-03-02T10:00:${String(second).padStart(2, '0')}.000Z`,
  bank: 'b',
  environment: 'sandbox',
  type,
  host: 'page.test',
  scope: 'account',
})

describe('steps', () => {
  it('stand oldest first, calls and what the customer did among each other', () => {
    const steps = sequenceSteps(
      [row(5), row(1, { operation: 'create', method: 'POST' })],
      [moment(3, 'callback'), moment(2, 'open')],
    )
    expect(steps.map(({ key }) => key)).toEqual(['e1', 'm2', 'm3', 'e5'])
    expect(steps[1]?.arrows.map(({ from, to }) => `${from} ${to}`)).toEqual(['tpp customer', 'customer bank'])
    expect(steps[1]?.arrows[1]?.text).toContain('account')
  })

  it('counts a status asked for again, and opens its newest exchange', () => {
    const [step, ...rest] = sequenceSteps([row(4), row(3), row(2)], [])
    expect(rest).toEqual([])
    expect(step).toMatchObject({ key: 'e2', exchange: 'e4', times: 3 })
  })

  it.each([
    ['another outcome', row(3, { status: 401 })],
    ['another address', row(3, { url: 'https://bank.test/v1/accounts/1' })],
    ['a call that creates', row(3, { method: 'POST' })],
  ])('does not count %s as the same again', (_, other) => {
    expect(sequenceSteps([other, row(2, other.method === 'POST' ? { method: 'POST' } : {})], [])).toHaveLength(2)
  })

  it('says what became of a call that failed', () => {
    const texts = (change: Partial<HistoryRow>) => sequenceSteps([row(1, change)], [])[0]?.arrows[1]
    expect(texts({ status: 401, errorCode: 'CONSENT_INVALID' })).toMatchObject({
      text: '401 CONSENT_INVALID · 12 ms',
      tone: 'bad',
    })
    expect(texts({ status: null, fault: 'NETWORK_RESET' })?.text).toBe('no answer: NETWORK_RESET')
    expect(texts({ status: null, fault: 'CANCELLED' })?.text).toBe('cancelled')
  })

  it('shortens paths and the ids in them', () => {
    expect(shortPath('https://b.test/psd2/v1/payments/domestic/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/status?x=1')).toBe(
      '…/domestic/1b9d6bcd…/status',
    )
    expect(shortPath('https://b.test/Accounts')).toBe('/Accounts')
    const words = 'https://b.test/.well-known/oauth-authorization-server'
    expect(shortPath(words)).toBe('/.well-known/oauth-authorization-server')
    expect(shortPath('not an address')).toBe('/not an address')
  })
})

describe('the file', () => {
  const names = { customer: 'PSU', tpp: 'Acme <TPP>', bank: 'Bank & Sons' }

  it('is well-formed whatever the bank answers with', () => {
    const hostile = row(1, { status: 400, errorCode: '</text><script>alert(1)</script>&"\u0007' })
    const svg = sequenceSvg(sequenceSteps([hostile], []), names, 'a "title" <b>')
    expect(svg).not.toContain('<script')
    expect(svg).not.toContain('\u0007')
    expect(svg.match(/<text/g)?.length).toBe(svg.match(/<\/text>/g)?.length)
    expect(svg).toContain('Acme &lt;TPP&gt;')
    expect(svg).toContain('Bank &amp; Sons')
  })

  it('escapes the five characters of XML', () => {
    expect(escapeXml(`<&>"'`)).toBe('&lt;&amp;&gt;&quot;&#39;')
  })

  it('has one arrow for each of the steps', () => {
    const svg = sequenceSvg(sequenceSteps([row(1), row(3, { method: 'POST' })], [moment(2, 'open')]), names, 't')
    expect(svg.match(/<path/g)).toHaveLength(6)
  })
})
