/** Each form is recognised and read; hostile ones are refused or kept as data, in time that grows with their length. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEntry } from './read-entry.ts'
import { readReport } from './read-report.ts'
import { runRead } from './run-read.ts'

const har = (entries: unknown[]): string => JSON.stringify({ log: { version: '1.2', creator: {}, entries } })
const call = (url: string, status = 200) => ({
  startedDateTime: '2026-11-20T10:00:00.000+01:00',
  request: {
    method: 'get',
    url,
    headers: [
      { name: ':authority', value: 'x' },
      { name: 'X-A', value: 'b' },
    ],
  },
  response: { status, headers: [], content: { text: 'eyJhIjoxfQ==', encoding: 'base64' } },
})

const verbose = `$ curl -v -X POST -d '{"a":1}' https://b.example/x
* Connected to b.example (10.0.0.1) port 443
* TLSv1.3 (OUT), TLS handshake, Client hello (1):
* TLSv1.3 (OUT), TLS handshake, Certificate (11):
* TLSv1.3 (OUT), TLS handshake, Finished (20):
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
> POST /x HTTP/1.1
> Host: b.example
> Content-Length: 7
>
} [7 bytes data]
* upload completely sent off: 7 bytes
< HTTP/1.1 100 Continue
<
< HTTP/1.1 401 Unauthorized
< Content-Type: application/json
<
{ [20 bytes data]
{"title":"no"}
* Connection #0 to host b.example left intact
`

describe('the forms', () => {
  it('HAR: calls, times, decoded bodies, no pseudo-headers', () => {
    const { form, entries } = readReport(
      `\ufeff\n${har([call('https://b.example/a'), call('https://b.example/b', 0)])}`,
    )
    expect(form).toBe('har')
    expect(entries[0]).toMatchObject({
      request: { method: 'GET', headers: [['X-A', 'b']] },
      response: { status: 200, body: '{"a":1}' },
      at: '2026-11-20T09:00:00.000Z',
    })
    expect(entries[1]!.response).toBeNull()
  })

  it('HAR of many: listed, the failing call to a known bank is taken, another on demand', () => {
    const text = har([
      call('https://a.example/a'),
      call('https://c.example/?code=CANARY', 500),
      call('https://b.example/b', 401),
    ])
    expect(readEntry({ text, hosts: ['b.example'] })).toMatchObject({ chosen: 2 })
    expect(readEntry({ text, hosts: [] })).toMatchObject({ chosen: 1 })
    const one = readEntry({ text, hosts: [], entry: 0 })
    expect(one.entries.map(({ status }) => status)).toEqual([200, 500, 401])
    expect(JSON.stringify(one.entries)).not.toContain('CANARY')
    expect(() => readEntry({ text, hosts: [], entry: 3 })).toThrow(/numbered from 0/)
  })

  it('a raw request with its answer, either line end', () => {
    const text =
      'POST /v1/x?a=b HTTP/1.1\r\nHost: b.example\r\nContent-Length: 7\r\nX-Folded: a\r\n b\r\n\r\n{"a":1}\r\n\r\nHTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n\r\nno\r\n'
    for (const each of [text, text.replaceAll('\r\n', '\n')]) {
      const { form, entries } = readReport(each)
      expect(form).toBe('http')
      expect(entries[0]).toMatchObject({
        request: { method: 'POST', url: 'https://b.example/v1/x?a=b', body: '{"a":1}' },
        response: { status: 400 },
      })
      expect(entries[0]!.request.headers).toContainEqual(['X-Folded', 'a\n b'])
    }
  })

  it('the output of curl -v with the command above it', () => {
    const { form, entries } = readReport(verbose)
    expect(form).toBe('curl-verbose')
    expect(entries[0]).toMatchObject({
      request: { method: 'POST', url: 'https://b.example/x', body: '{"a":1}' },
      response: { status: 401, headers: [['Content-Type', 'application/json']], body: '{"title":"no"}' },
      clientCertificate: false,
    })
    expect(entries[0]!.remarks.map(({ id }) => id)).toEqual(['tls', 'certificate-empty', 'content-type'])
  })

  it('a document of tpp call, and refuses a fault', () => {
    const document = {
      bank: 'b',
      operation: 'o',
      request: { method: 'GET', url: 'https://b.example/', headers: { A: 'b' }, body: { a: 1 } },
      response: { status: 500, headers: {}, body: null },
      tls: { clientCertificate: null },
    }
    const { form, entries } = readReport(JSON.stringify(document))
    expect(form).toBe('tpp-call')
    expect(entries[0]).toMatchObject({
      hints: { bank: 'b', operation: 'o' },
      request: { body: '{"a":1}' },
      clientCertificate: false,
    })
    expect(() => readReport('{"fault":{"code":"DEADLINE"}}')).toThrow(/DEADLINE/)
  })

  it('takes off the fence of a ticket', () => {
    expect(readReport('```http\nGET /a HTTP/1.1\nHost: b.example\n```\n').form).toBe('http')
  })

  it.each(['', 'hello', '{', '[1,2]', '{"log":{"entries":[]}}', 'curl', 'GET'])('refuses %j', (text) => {
    expect(() => readReport(text)).toThrow(expect.objectContaining({ code: 'REPORT_REFUSED' }))
  })
})

describe('hostile reports', () => {
  const outcome = (text: string): string => {
    try {
      return readReport(text).form
    } catch (error) {
      expect(error).toMatchObject({ code: 'REPORT_REFUSED' })
      return 'refused'
    }
  }

  it('names of prototypes stay data', () => {
    const names = fc.constantFrom(
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'log',
      'entries',
      'request',
      'url',
      'headers',
      'name',
      'value',
      'response',
    )
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.array(fc.tuple(names, tie('node')), { maxLength: 5 }),
      ),
    })).node
    const write = (node: unknown): string =>
      Array.isArray(node) &&
      node.length > 0 &&
      node.every((each) => Array.isArray(each) && each.length === 2 && typeof each[0] === 'string')
        ? `{${(node as [string, unknown][]).map(([name, each]) => `${JSON.stringify(name)}:${write(each)}`).join(',')}}`
        : Array.isArray(node)
          ? `[${node.map(write).join(',')}]`
          : JSON.stringify(node)
    fc.assert(
      fc.property(value, (node) => {
        outcome(`{"log":{"entries":[${write(node)}]},"__proto__":{"x":1}}`)
        outcome(`{"request":{"url":"https://a.example/","headers":${write(node)},"__proto__":{"method":"EVIL"}}}`)
        expect(({} as Record<string, unknown>).x).toBeUndefined()
      }),
    )
    const [entry] = readReport(
      '{"request":{"url":"https://a.example/","headers":{"__proto__":"y","a":"b"},"__proto__":{"method":"EVIL"}}}',
    ).entries
    expect(entry!.request).toMatchObject({
      method: 'GET',
      headers: [
        ['__proto__', 'y'],
        ['a', 'b'],
      ],
    })
  })

  it('any text ends in a report or a refusal', () => {
    const piece = fc.constantFrom(
      'GET / HTTP/1.1',
      'HTTP/1.1 401',
      '> POST /x HTTP/1.1',
      '< HTTP/1.1 500',
      '* TLS',
      'Host: a.example',
      ' folded',
      'curl -d',
      '',
      '{',
      '"log"',
      '"entries":',
      '```',
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ maxLength: 30 })), { maxLength: 15 }),
        (lines) => void outcome(lines.join('\n')),
      ),
    )
  })

  it('no expression takes longer than its text', () => {
    const n = 200_000
    const attacks = [
      `GET / HTTP/1.1\nA:${' '.repeat(n)}x`,
      `GET /${' '.repeat(n)}x`,
      `GET / HTTP/1.1\n${'\n'.repeat(n)}`,
      `GET / HTTP/1.1\n\n${'\nHTTP/1.1 1'.repeat(n / 10)}`,
      `> GET / HTTP/1.1\n< HTTP/1.1 200\n${' '.repeat(n)}%\n${'1 '.repeat(n / 2)}`,
      `curl ${'"'.repeat(n)}`,
      `curl -H a:b ${'=,a'.repeat(n / 3)}`,
      `curl ${'^'.repeat(n)}`,
      `curl ${'\\'.repeat(n)}"^\n`,
      `${' '.repeat(n)}\n`.repeat(3),
      `{"log":{"entries":${' '.repeat(n)}`,
      '```'.repeat(n / 3),
      `PS ${'C:\\'.repeat(n / 3)}`,
    ]
    // One that is not linear takes minutes for these and runs into the deadline of the test.
    for (const text of attacks) outcome(text)
  })

  it('too deep, too long, too many', () => {
    expect(() => readReport(`{"log":{"entries":${'['.repeat(5_000)}`)).toThrow(/nests deeper/)
    const many = readReport(har(Array.from({ length: 2_500 }, () => call('https://a.example/'))))
    expect([many.entries.length, many.remarks[0]?.id]).toEqual([2_000, 'cut'])
  })
})

describe('the thread', () => {
  const limits = { milliseconds: 20_000, heapMegabytes: 256, ownThread: 0 }
  it('answers as the program itself would, refusals too', async () => {
    const text = har([call('https://b.example/b', 401)])
    expect(await runRead({ text, hosts: [] }, undefined, limits)).toEqual(readEntry({ text, hosts: [] }))
    await expect(runRead({ text: 'x', hosts: [] }, undefined, limits)).rejects.toMatchObject({ code: 'REPORT_REFUSED' })
  })

  it('is ended by the clock and by its caller', async () => {
    const request = { text: 'GET / HTTP/1.1', hosts: [] }
    await expect(runRead(request, undefined, { ...limits, milliseconds: 1 })).rejects.toThrow(/takes longer/)
    const stop = new AbortController()
    const running = runRead(request, stop.signal, limits)
    stop.abort()
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})
