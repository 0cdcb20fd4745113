/** Comparing: what differs is named, what does not is not, and numbers are not rounded. */
import { describe, expect, it } from 'vitest'
import { exampleExchange } from '../../test/history/exchange-fixture.ts'
import { compareExchanges } from './compare-exchanges.ts'
import { compareJson } from './compare-json.ts'

const one = exampleExchange()
const withBody = (body: string) => exampleExchange({ response: { ...one.response!, body } })

describe('two exchanges', () => {
  it('that are the same have no differences', () => {
    expect(compareExchanges(one, { ...exampleExchange(), id: one.id })).toEqual({ differences: [], more: false })
  })

  it('differ in what was called, headers whatever their case, status, timings and TLS', () => {
    const tls = {
      protocol: 'TLSv1.3',
      cipher: 'x',
      resumed: false,
      clientCertificate: { sha256: 'aa', subject: 's' },
      clientCertificateAsked: true,
      serverChain: [{ subject: 's', issuer: 'i', notBefore: one.at, notAfter: one.at, sha256: 'bb' }],
    }
    const a = exampleExchange({ tls })
    const b = exampleExchange({
      operation: 'other',
      request: {
        ...one.request,
        headers: [
          ['ACCEPT', 'a'],
          ['__proto__', 'p'],
        ],
      },
      response: { ...one.response!, status: 201, headers: [['x', 'a, b']] },
      timings: { ...one.timings, wait: 3 },
      tls: { ...tls, resumed: true, clientCertificate: null, serverChain: [] },
    })
    expect(compareExchanges(a, b).differences).toEqual([
      { part: 'call', name: 'operation', a: 'ica-payment-create', b: 'other' },
      { part: 'request-header', name: '__proto__', a: null, b: 'p' },
      { part: 'status', name: 'status', a: '400', b: '201' },
      { part: 'timing', name: 'wait', a: '2', b: '3' },
      { part: 'tls', name: 'resumed', a: 'false', b: 'true' },
      { part: 'tls', name: 'clientCertificate', a: 'aa', b: null },
      { part: 'tls', name: 'serverChain/0', a: 'bb', b: null },
    ])
  })

  it('of which one has no answer', () => {
    const b = exampleExchange({ response: null, fault: { code: 'DEADLINE', message: 'Late.' } })
    expect(compareExchanges(one, b).differences).toEqual([
      { part: 'status', name: 'status', a: '400', b: null },
      { part: 'response-header', name: 'x', a: 'a, b', b: null },
      { part: 'response-body', name: '', a: one.response!.body, b: null },
      { part: 'fault', name: 'code', a: null, b: 'DEADLINE' },
      { part: 'fault', name: 'message', a: null, b: 'Late.' },
    ])
  })

  it('with no JSON are compared as a whole', () => {
    expect(compareExchanges(withBody('<a>'), withBody('<b>')).differences).toEqual([
      { part: 'response-body', name: '', a: '<a>', b: '<b>' },
    ])
  })

  it('with more differences than a person reads give the first thousand', () => {
    const list = (value: number) => withBody(JSON.stringify(Array.from({ length: 5000 }, () => value)))
    const { differences, more } = compareExchanges(list(1), list(2))
    expect([differences.length, more]).toEqual([1000, true])
  })
})

describe('JSON', () => {
  it.each<[string, string, [string, string | null, string | null][]]>([
    ['{"a":1,"b":2}', '{ "b": 2, "a": 1 }', []],
    [
      '{"id":12345678901234567890}',
      '{"id":12345678901234567891}',
      [['/id', '12345678901234567890', '12345678901234567891']],
    ],
    ['{"a":1}', '{"a":"1"}', [['/a', '1', '"1"']]],
    [
      '{"a":{"b/c~d":[1,2]}}',
      '{"a":{"b/c~d":[1,3,4]}}',
      [
        ['/a/b~1c~0d/1', '2', '3'],
        ['/a/b~1c~0d/2', null, '4'],
      ],
    ],
    ['{"a":null}', '{}', [['/a', 'null', null]]],
    ['{"a":[1]}', '{"a":{"0":1}}', [['/a', '[1]', '{"0":1}']]],
    ['[]', '{}', [['', '[]', '{}']]],
    [
      '{"__proto__":{"x":1}}',
      '{"constructor":1}',
      [
        ['/__proto__', '{"x":1}', null],
        ['/constructor', null, '1'],
      ],
    ],
    ['1e400', '1e401', [['', '1e400', '1e401']]],
  ])('%s against %s', (a, b, expected) => {
    expect(compareJson(a, b, 10)).toEqual(expected.map(([name, left, right]) => ({ name, a: left, b: right })))
  })

  it('that is none, or deeper than can be walked, is not compared', () => {
    expect(compareJson('{', '{}', 10)).toBeNull()
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    expect(compareJson(deep, '[]', 10)).toBeNull()
  })
})
