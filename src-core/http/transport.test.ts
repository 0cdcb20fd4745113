/** The transport against real TLS servers: what it sends, what it measures, and what it says when it fails. */
import { createServer as createPlainServer, type Server } from 'node:http'
import { createServer, type Server as TlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { createSecureContext, createServer as createTlsServer } from 'node:tls'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Credential, createTestAuthority, type TestAuthority } from '../../test/pki/test-authority.ts'
import type { Connection } from './connect.ts'
import { type RequestParts, sealRequest } from './sealed-request.ts'
import { createTransport } from './transport.ts'

type Listening = Server | TlsServer | TcpServer

let authority: TestAuthority
let stranger: TestAuthority
let serverCredential: Credential
let client: Credential
const servers: Listening[] = []
const transport = createTransport()

beforeAll(async () => {
  authority = await createTestAuthority()
  stranger = await createTestAuthority('Stranger CA')
  serverCredential = await authority.leaf({ name: 'bank' })
  client = await authority.leaf({ name: 'tpp' })
})

afterEach(async () => {
  await transport.close()
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections()
    server.close()
  }
})
afterAll(() => transport.close())

function listen(server: Listening): Promise<string> {
  servers.push(server)
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  )
}

type Handler = Parameters<typeof createServer>[1]

const tlsServer = (handler: NonNullable<Handler>, options: object = {}) =>
  listen(
    createServer(
      {
        cert: serverCredential.cert,
        key: serverCredential.key,
        requestCert: true,
        rejectUnauthorized: false,
        ca: authority.ca,
        ...options,
      },
      handler,
    ),
  )

const anonymous = (): Connection => ({
  id: '-',
  secureContext: createSecureContext({ ca: authority.ca }),
  clientCertificate: null,
})
const withIdentity = (credential: Credential, id = 'one'): Connection => ({
  id,
  secureContext: createSecureContext({ ca: authority.ca, cert: credential.cert, key: credential.key }),
  clientCertificate: { sha256: credential.sha256, subject: 'CN=tpp' },
})

const request = (url: string, parts: Partial<RequestParts> = {}) =>
  sealRequest({
    method: 'GET',
    url,
    headers: [['Accept', 'application/json']],
    body: null,
    limits: { deadline: 5000, bodyCap: 1_000_000 },
    ...parts,
  })

describe('a call that succeeds', () => {
  it('sends the client certificate, and reports protocol, cipher, chain, timings and headers as sent', async () => {
    const seen: string[] = []
    const origin = await tlsServer((incoming, response) => {
      const socket = incoming.socket as import('node:tls').TLSSocket
      seen.push(socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '').toLowerCase() ?? 'none')
      response.setHeader('X-Twice', ['a', 'b'])
      response.end('{"ok":true}')
    })
    const report = await transport.send(
      request(`${origin}/a?b=c`, {
        headers: [
          ['X-Request-ID', '1'],
          ['Accept', '*/*'],
        ],
      }),
      withIdentity(client),
    )
    expect(report.fault).toBeNull()
    expect(seen).toEqual([client.sha256])
    expect(report.answer?.body.toString()).toBe('{"ok":true}')
    expect(
      report.answer?.headers.filter(([name]) => name.toLowerCase() === 'x-twice').map(([, value]) => value),
    ).toEqual(['a', 'b'])
    expect(report.tls).toMatchObject({
      protocol: 'TLSv1.3',
      resumed: false,
      clientCertificate: { sha256: client.sha256 },
      clientCertificateAsked: true,
    })
    expect(report.tls?.serverChain[0]?.sha256).toBe(serverCredential.sha256)
    expect(report.requestHeaders.map(([name]) => name.toLowerCase())).toEqual(
      expect.arrayContaining(['host', 'x-request-id', 'accept']),
    )
    expect(report.timings.tls).toBeGreaterThan(0)
    expect(report.timings.total).toBeGreaterThanOrEqual(report.timings.wait)
  })

  it('says that no certificate was sent when the server asks for none', async () => {
    const origin = await tlsServer((_incoming, response) => response.end('x'), { requestCert: false })
    const report = await transport.send(request(origin), withIdentity(client))
    expect(report.tls).toMatchObject({ clientCertificate: null, clientCertificateAsked: false })
  })

  it('keeps one connection per identity and origin, and none is shared between identities', async () => {
    const other = await authority.leaf({ name: 'other' })
    const seen: string[] = []
    const origin = await tlsServer((incoming, response) => {
      const socket = incoming.socket as import('node:tls').TLSSocket
      seen.push(`${socket.getPeerX509Certificate()?.subject} ${socket.remotePort}`)
      response.end('x')
    })
    const one = withIdentity(client, 'one')
    const first = await transport.send(request(origin), one)
    const again = await transport.send(request(origin), one)
    await transport.send(request(origin), withIdentity(other, 'two'))
    await transport.send(request(origin), one)
    expect(first.timings.tls).toBeGreaterThan(0)
    expect(again.timings).toMatchObject({ dns: 0, tcp: 0, tls: 0 })
    expect(new Set(seen).size).toBe(2)
    expect(seen.map((each) => each.split(' ')[0])).toEqual(['CN=tpp', 'CN=tpp', 'CN=other', 'CN=tpp'])
  })

  it('opens another connection when key or trust behind a name are others than before', async () => {
    const origin = await tlsServer((_incoming, response) => response.end('x'))
    await transport.send(request(origin), withIdentity(client, 'one'))
    const changed = await transport.send(request(origin), withIdentity(client, 'one'))
    expect(changed.timings.tls).toBeGreaterThan(0)
  })

  it('follows no redirect: the target sees nothing', async () => {
    let visited = 0
    const target = await tlsServer((_incoming, response) => {
      visited += 1
      response.end()
    })
    const origin = await tlsServer((_incoming, response) =>
      response.writeHead(302, { location: `${target}/elsewhere` }).end(),
    )
    const report = await transport.send(
      request(origin, { headers: [['Authorization', 'Bearer secret']] }),
      withIdentity(client),
    )
    expect(report.answer?.status).toBe(302)
    expect(visited).toBe(0)
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('undoes %s', async (coding, compress) => {
    const origin = await tlsServer((_incoming, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(compress('wörd'.repeat(1000))),
    )
    const report = await transport.send(request(origin), anonymous())
    expect(report.answer?.body.toString()).toBe('wörd'.repeat(1000))
  })

  it('sends once more when a kept connection had been closed, but never a POST', async () => {
    let calls = 0
    const origin = await tlsServer((incoming, response) => {
      calls += 1
      if (calls === 2) incoming.socket.destroy()
      else response.end('x')
    })
    const nobody = anonymous()
    await transport.send(request(origin), nobody)
    const second = await transport.send(request(origin), nobody)
    expect(second.answer?.status).toBe(200)
    expect(calls).toBe(3)
    calls = 1
    const post = await transport.send(request(origin, { method: 'POST', body: Buffer.from('{}') }), nobody)
    expect(post.fault?.code).toBe('NETWORK_RESET')
    expect(calls).toBe(2)
  })
})

describe('a call that fails names the layer', () => {
  const codeOf = async (url: string, connection = anonymous(), parts: Partial<RequestParts> = {}) => {
    const report = await transport.send(request(url, parts), connection)
    expect(report.answer, report.fault?.message).toBeNull()
    return report.fault
  }

  it('DNS', async () => {
    const fault = await codeOf('https://bank.invalid/')
    expect(fault?.code).toBe('NETWORK_DNS')
    expect(fault?.message).toContain('bank.invalid')
  })

  it('connection refused', async () => {
    const origin = await listen(createTcpServer())
    servers.pop()?.close()
    expect((await codeOf(origin))?.code).toBe('NETWORK_REFUSED')
  })

  it('a port without TLS', async () => {
    const origin = await listen(createPlainServer((_incoming, response) => response.end()))
    expect((await codeOf(origin))?.code).toBe('TLS_NOT_SPOKEN')
  })

  it('a server certificate of an unknown CA, whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    const wrong = await stranger.leaf()
    const origin = await tlsServer((_incoming, response) => response.end(), { cert: wrong.cert, key: wrong.key })
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    try {
      expect((await codeOf(origin))?.code).toBe('TLS_CHAIN')
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    }
  })

  it('a server certificate for another name', async () => {
    const wrong = await authority.leaf({ hosts: ['bank.example'] })
    const origin = await tlsServer((_incoming, response) => response.end(), { cert: wrong.cert, key: wrong.key })
    expect((await codeOf(origin))?.code).toBe('TLS_NAME')
  })

  it('an expired server certificate', async () => {
    const old = await authority.leaf({ from: -30, until: -1 })
    const origin = await tlsServer((_incoming, response) => response.end(), { cert: old.cert, key: old.key })
    expect((await codeOf(origin))?.code).toBe('TLS_EXPIRED')
  })

  it('TLS 1.1 only', async () => {
    const origin = await tlsServer((_incoming, response) => response.end(), {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    })
    expect((await codeOf(origin))?.code).toBe('TLS_VERSION')
  })

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('a refused client certificate under %s', async (version) => {
    const unknown = await stranger.leaf({ name: 'nobody' })
    const origin = await tlsServer((_incoming, response) => response.end(), {
      rejectUnauthorized: true,
      minVersion: version,
      maxVersion: version,
    })
    const fault = await codeOf(origin, withIdentity(unknown))
    expect(fault?.code).toBe('TLS_CLIENT_CERTIFICATE')
    expect(fault?.message).toContain('probably refused')
  })

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('a missing client certificate under %s', async (version) => {
    const origin = await tlsServer((_incoming, response) => response.end(), {
      rejectUnauthorized: true,
      minVersion: version,
      maxVersion: version,
    })
    const fault = await codeOf(origin)
    expect(fault?.code).toBe('TLS_CLIENT_CERTIFICATE')
    expect(fault?.message).toContain('none was sent')
  })

  it('a connection closed before the answer', async () => {
    const origin = await tlsServer((incoming) => incoming.socket.destroy(), { requestCert: false })
    expect((await codeOf(origin))?.code).toBe('NETWORK_RESET')
  })

  it('an answer that is no HTTP', async () => {
    const origin = await listen(
      createTlsServer({ cert: serverCredential.cert, key: serverCredential.key }, (socket) => {
        socket.on('error', () => {})
        socket.once('data', () => socket.end('what is this\r\n\r\n'))
      }),
    )
    expect((await codeOf(origin))?.code).toBe('RESPONSE_MALFORMED')
  })

  it('a body that drips past the deadline', async () => {
    const origin = await tlsServer((_incoming, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(timer))
    })
    const started = performance.now()
    const fault = await codeOf(origin, anonymous(), { limits: { deadline: 300, bodyCap: 1000 } })
    expect(fault?.code).toBe('DEADLINE')
    expect(performance.now() - started).toBeLessThan(1500)
  })

  it('a handshake that never ends', async () => {
    const origin = await listen(createTcpServer((socket) => void socket.on('error', () => {})))
    const fault = await codeOf(origin, anonymous(), { limits: { deadline: 300, bodyCap: 1000 } })
    expect(fault?.code).toBe('DEADLINE')
  })

  it('a body above the cap, counted after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000))
    const origin = await tlsServer((_incoming, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    )
    const fault = await codeOf(origin)
    expect(bomb.length).toBeLessThan(100_000)
    expect(fault?.code).toBe('RESPONSE_TOO_LARGE')
  })

  it('headers above the cap', async () => {
    const origin = await listen(
      createTlsServer({ cert: serverCredential.cert, key: serverCredential.key }, (socket) => {
        socket.on('error', () => {})
        socket.once('data', () =>
          socket.write(`HTTP/1.1 200 OK\r\n${`X-Long: ${'a'.repeat(1000)}\r\n`.repeat(100)}\r\n`),
        )
      }),
    )
    expect((await codeOf(origin))?.code).toBe('RESPONSE_TOO_LARGE')
  })

  it('cancelling, at once', async () => {
    const origin = await tlsServer(() => {})
    const controller = new AbortController()
    const sending = transport.send(request(origin), anonymous(), controller.signal)
    await new Promise((resolve) => setTimeout(resolve, 150))
    const started = performance.now()
    controller.abort()
    const report = await sending
    expect(report.fault?.code).toBe('CANCELLED')
    expect(performance.now() - started).toBeLessThan(100)
  })
})

describe('sealing', () => {
  it.each([
    ['a line break', 'a\r\nX-Injected: 1'],
    ['a NUL character', 'a\0b'],
    ['a character outside Latin-1', 'Łódź'],
  ])('refuses %s in a header by name', (what, value) => {
    expect(() => request('https://bank.example', { headers: [['PSU-Corporate-ID', value]] })).toThrow(
      new RegExp(`PSU-Corporate-ID.*${what}`),
    )
  })

  it('refuses plain http', () => {
    expect(() => request('http://bank.example/')).toThrow(/not an https address/)
  })

  it('keeps what was sealed, whatever happens to the parts', () => {
    const body = Buffer.from('{"amount":"1.00"}')
    const headers: [string, string][] = [['A', '1']]
    const sealed = request('https://bank.example/', { method: 'POST', body, headers })
    body.write('9', 11)
    headers[0]![1] = '2'
    sealed.body()!.fill(0)
    expect(sealed.body()!.toString()).toBe('{"amount":"1.00"}')
    expect(sealed.headers).toEqual([['A', '1']])
    expect(() => {
      ;(sealed as { method: string }).method = 'PUT'
    }).toThrow(TypeError)
    expect(() => {
      ;(sealed.headers as [string, string][])[0]![1] = '3'
    }).toThrow(TypeError)
  })
})
