/** The document others script against, and the lines for people. */
import { describe, expect, it } from 'vitest'
import type { Exchange } from '#shared/contract/exchange.ts'
import { exchangeDocument, exchangeExit, exchangeText, explanationLines, findingLines } from './exchange.ts'

const exchange = (change: Partial<Exchange> = {}): Exchange => ({
  id: 'x-1',
  at: '2026-11-21T12:00:00.000Z',
  bank: 'ica-banken',
  environment: 'sandbox',
  operation: 'ica-accounts-list',
  identity: 'abcdefgh',
  request: { method: 'GET', url: 'https://b.example/Accounts', headers: [['Accept', 'a']], body: null },
  response: { status: 200, headers: [['Content-Type', 'application/json']], body: '{"a":1}', size: 7 },
  fault: null,
  signature: null,
  tls: {
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    resumed: true,
    clientCertificate: { sha256: 'ab'.repeat(32), subject: 'CN=tpp' },
    clientCertificateAsked: true,
    serverChain: [],
  },
  timings: { dns: 0, tcp: 0, tls: 0, wait: 1.5, download: 0.25, total: 12.6 },
  findings: [
    { id: 'a', severity: 'error', message: 'Wrong.', remedy: 'Mend it.' },
    { id: 'b', severity: 'note', message: 'So.' },
  ],
  explanations: [],
  grant: null,
  delivery: 'answered',
  ...change,
})
const answered = (body: string, headers: [string, string][] = []) =>
  exchangeDocument(exchange({ response: { status: 200, headers, body, size: body.length } })).response

describe('the document', () => {
  it('has what design names, and JSON as its value', () => {
    expect(exchangeDocument(exchange())).toEqual({
      id: 'x-1',
      bank: 'ica-banken',
      environment: 'sandbox',
      operation: 'ica-accounts-list',
      request: { method: 'GET', url: 'https://b.example/Accounts', headers: { Accept: 'a' }, body: null },
      response: { status: 200, headers: { 'Content-Type': 'application/json' }, body: { a: 1 } },
      signature: null,
      tls: {
        protocol: 'TLSv1.3',
        cipher: 'TLS_AES_256_GCM_SHA384',
        resumed: true,
        clientCertificate: { sha256: 'ab'.repeat(32), subject: 'CN=tpp' },
        serverChain: [],
      },
      timings: { dns: 0, tcp: 0, tls: 0, wait: 1.5, download: 0.25, total: 12.6 },
      findings: [
        { id: 'a', severity: 'error', message: 'Wrong.', remedy: 'Mend it.' },
        { id: 'b', severity: 'note', message: 'So.' },
      ],
      grant: null,
      delivery: 'answered',
      explanations: [],
    })
  })

  it('is null where there was no answer and no connection', () => {
    expect(exchangeDocument(exchange({ response: null, tls: null }))).toMatchObject({ response: null, tls: null })
  })

  it.each([
    ['', null],
    ['null', null],
    ['[1,2]', [1, 2]],
    ['"x"', 'x'],
    ['{"amount":"12345678901234567890"}', { amount: '12345678901234567890' }],
    ['{"text":"a \\"1234567890123456789\\" b"}', { text: 'a "1234567890123456789" b' }],
    ['{"n":123456789012345}', { n: 123456789012345 }],
  ])('has the value of %j', (body, value) => {
    expect(answered(body)?.body).toEqual(value)
  })

  it.each(['{"n":12345678901234567890}', '[1e5,9007199254740993]', '<html>', '{"a":', 'plain', '{"a":1}{"b":2}'])(
    'leaves %j as text',
    (body) => {
      expect(answered(body)?.body).toBe(body)
    },
  )

  it('joins headers that came twice, in whatever case', () => {
    const headers: [string, string][] = [
      ['X-Twice', 'a'],
      ['Date', 'd'],
      ['x-twice', 'b'],
      ['X-Twice', 'c'],
      ['__proto__', 'p'],
    ]
    expect(Object.entries(answered('', headers)!.headers)).toEqual([
      ['X-Twice', 'a, b, c'],
      ['Date', 'd'],
      ['__proto__', 'p'],
    ])
  })
})

describe('the text', () => {
  it('says what happened, in lines', () => {
    expect(exchangeText(exchange())).toBe(
      [
        'GET https://b.example/Accounts',
        'error: Wrong. Mend it.',
        'note: So.',
        '200 in 13 ms (dns 0 tcp 0 tls 0 wait 1.5 download 0.25)',
        'TLSv1.3 TLS_AES_256_GCM_SHA384, resumed, client certificate abababababababab… sent',
        '',
        '{\n  "a": 1\n}',
      ].join('\n'),
    )
  })

  it('says why there is no answer, and which row explains one', () => {
    const fault = { code: 'DEADLINE', message: 'Late.' }
    expect(exchangeText(exchange({ response: null, fault, tls: null }))).toContain('\nDEADLINE: Late.')
    const sent = { grant: 'g-0a1b2c', delivery: 'unknown' } as const
    const lost = exchange({ response: null, fault, tls: null, ...sent })
    expect(exchangeText(lost)).toMatch(
      /\ntoken of grant g-0a1b2c\nsent; it is unknown whether the bank received it\nDEADLINE/,
    )
    expect(exchangeDocument(lost)).toMatchObject(sent)
    const judged = { match: 'words' as const, causes: [], remedies: [], contradicted: null }
    const row = { errorId: 'row-1', score: 1, title: 'T', cause: 'C', evidence: [], fix: 'F', ...judged }
    expect(exchangeText(exchange({ explanations: [row, { ...row, errorId: 'row-2' }] }))).toMatch(
      /\n\nThis is row row-1 of the bank's table: T\.\nCause: C\nFix: {3}F$/,
    )
    expect(explanationLines([])).toEqual([])
    expect(findingLines([{ id: 'x', severity: 'warning', message: 'M' }])).toEqual(['warning: M'])
  })

  it('lets no answer steer the terminal', () => {
    const body = 'a\u001b]0;evil\u0007b\u009b2J\r\nnext\ttab\rover'
    const text = exchangeText(exchange({ response: { status: 200, headers: [], body, size: 1 } }))
    expect(text).not.toMatch(/[^\P{Cc}\t\n]/u)
    expect(text).toContain('\nnext\ttab')
  })
})

describe('the exit number', () => {
  it.each([
    [200, 0],
    [204, 0],
    [299, 0],
    [199, 1],
    [302, 1],
    [400, 1],
    [503, 1],
  ])('of %d is %d', (status, exit) => {
    expect(exchangeExit(exchange({ response: { status, headers: [], body: '', size: 0 } }))).toBe(exit)
  })

  it('of no answer is 1', () => {
    expect(exchangeExit(exchange({ response: null }))).toBe(1)
  })
})
