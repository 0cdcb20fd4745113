/** The one send path against a real server that asks for a client certificate. */

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext, type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Exchange, exchangeSchema } from '#shared/contract/exchange.ts'
import { type DraftInput, draftSchema } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { type Credential, createTestAuthority } from '../../test/pki/test-authority.ts'
import { type BankShelf, createBankShelf } from '../banks/bank-shelf.ts'
import { createExchangeLog } from '../history/exchange-log.ts'
import { createTransport } from '../http/transport.ts'
import { prepare } from './prepare.ts'
import type { SendingGrant, SendingIdentity } from './prepared.ts'
import { seal } from './seal.ts'
import { rehearse, type SendParts, send } from './send.ts'

const token = 'tkn-canary-Zq81/+=='
const transport = createTransport()

interface Received {
  readonly method: string
  readonly url: string
  /** As on the wire, names and values in turn. */
  readonly headers: string[]
  readonly body: Buffer
  readonly certificate: string | null
}
interface Reply {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
}

let folder: string
let banks: BankShelf
let ca: string
let client: Credential
let server: Server
let origin: string
const received: Received[] = []
let reply: (request: Received) => Reply | Promise<Reply>
const recorded: Exchange[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-send-'))
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  banks = createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') })
  const authority = await createTestAuthority()
  ca = authority.ca
  client = await authority.leaf({ name: 'tpp' })
  const { cert, key } = await authority.leaf({ name: 'bank' })
  server = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const certificate = (request.socket as TLSSocket).getPeerX509Certificate()
      const one: Received = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.rawHeaders,
        body: Buffer.concat(chunks),
        certificate: certificate?.fingerprint256.replaceAll(':', '').toLowerCase() ?? null,
      }
      received.push(one)
      void Promise.resolve(reply(one)).then(({ status, headers = {}, body = '' }) =>
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  received.length = 0
  recorded.length = 0
})
afterAll(async () => {
  await transport.close()
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const identity = (): SendingIdentity => ({
  id: 'abcdefgh',
  name: 'test',
  kind: 'QWAC',
  subject: 'CN=tpp',
  organizationIdentifier: 'PSDSE-FINA-1',
  roles: ['PSP_AI', 'PSP_PI'],
  notBefore: '2020-01-01T00:00:00.000Z',
  notAfter: '2050-01-01T00:00:00.000Z',
  sha256: client.sha256,
})
const grant: SendingGrant = {
  id: 'g-1',
  scope: 'account payment',
  identity: 'abcdefgh',
  accessToken: token,
  accessTokenExpiresAt: '2050-01-01T00:00:00.000Z',
}

const parts = (change: Partial<SendParts> = {}): SendParts => ({
  banks,
  transport,
  endpoints: () => Promise.resolve({ urls: { resource: origin, token: origin, registration: origin }, ca: [ca] }),
  identity: () => Promise.resolve(identity()),
  grant: () => Promise.resolve(grant),
  signer: () => Promise.reject(new Fault('INTERNAL', 'This bank signs nothing.')),
  connection: (sender) =>
    Promise.resolve({
      id: sender?.id ?? '-',
      secureContext: createSecureContext(sender === null ? { ca } : { ca, cert: client.cert, key: client.key }),
      clientCertificate: sender === null ? null : { sha256: sender.sha256, subject: sender.subject },
    }),
  record: (exchange) => {
    recorded.push(exchange)
    return Promise.resolve()
  },
  now: () => Date.parse('2026-11-21T12:00:00.000Z'),
  ...change,
})
const draft = (input: Partial<DraftInput>) =>
  draftSchema.parse({ bank: 'ica-banken', operation: 'ica-accounts-list', ...input })
const answering = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  reply = () => ({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
}
const pairs = (raw: readonly string[]): [string, string][] =>
  raw.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []))
const fieldOf = (headers: readonly (readonly [string, string])[], name: string) =>
  headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value)

const faultOf = async (work: Promise<unknown>): Promise<Fault> => {
  const fault: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  expect(fault).toBeInstanceOf(Fault)
  return fault as Fault
}

describe('a call', () => {
  it('is in history before its answer is anybody else', async () => {
    answering(200, { accounts: [] })
    const order: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const sending = send(
      draft({}),
      parts({
        record: (exchange) => {
          order.push('recording')
          recorded.push(exchange)
          return promise
        },
      }),
    ).then((sent) => {
      order.push('sent')
      return sent
    })
    await expect.poll(() => order).toEqual(['recording'])
    resolve()
    const { exchange, answer } = await sending
    expect(order).toEqual(['recording', 'sent'])
    expect(recorded).toEqual([exchange])
    expect(answer.body.toString()).toBe('{"accounts":[]}')
    expect(exchangeSchema.parse(exchange)).toEqual(exchange)
    expect(exchange).toMatchObject({
      at: '2026-11-21T12:00:00.000Z',
      bank: 'ica-banken',
      environment: 'sandbox',
      operation: 'ica-accounts-list',
      identity: 'abcdefgh',
      fault: null,
      response: { status: 200, body: '{"accounts":[]}', size: 15 },
      tls: { protocol: 'TLSv1.3', clientCertificate: { sha256: client.sha256 } },
    })
    expect(exchange.findings.map(({ id }) => id)).toEqual(['unattended'])
    expect(received[0]).toMatchObject({ method: 'GET', url: '/Accounts', certificate: client.sha256 })
    expect(fieldOf(pairs(received[0]!.headers), 'authorization')).toEqual([`Bearer ${token}`])
  })

  it('is explained when the bank declines, and is no fault then', async () => {
    answering(403, { title: 'Resource Forbidden', code: 'RESOURCE_BLOCKED', detail: 'Old KYC information' })
    const { exchange } = await send(draft({}), parts())
    expect(exchange.explanations[0]).toMatchObject({ errorId: 'ica-general-kyc-blocked', score: 1 })
    expect(exchange.fault).toBeNull()
  })

  it('goes out without a certificate where the draft says so', async () => {
    answering(400, { code: 'CERTIFICATE_MISSING' })
    const body = '{"oid":"PSDSE-FINA-1","callbackUri":["https://a.example"]}'
    const { exchange } = await send(draft({ operation: 'ica-register-client', identity: 'none', body }), parts())
    expect(received[0]?.certificate).toBeNull()
    expect(exchange).toMatchObject({ identity: null, tls: { clientCertificate: null } })
    expect(exchange.explanations[0]?.errorId).toBe('ica-registration-certificate-missing')
  })
})

describe('what is sealed', () => {
  it('is what the server receives, byte for byte', async () => {
    answering(201, {})
    const example = (await banks.open('ica-banken')).operation('ica-payment-create').body?.example as object
    const body = `${JSON.stringify({ ...example, remittanceInformationUnstructured: 'Hyra åäö — 🏠\t' }, null, 3)}\r\n`
    const wanted = draft({
      operation: 'ica-payment-create',
      parameters: { paymentProduct: 'domestic-credit-transfers', 'PSU-IP-Address': '192.0.2.44' },
      headers: { 'X-Trace': 'café', Accept: 'application/json' },
      body,
    })
    const prepared = await prepare(wanted, parts())
    const { request: sealed } = await seal(prepared, parts())
    const connection = await parts().connection(prepared.identity, prepared.endpoints)
    const report = await transport.send(sealed, connection)
    expect(report.fault).toBeNull()
    const [got] = received
    expect(got?.body.equals(Buffer.from(body, 'utf8'))).toBe(true)
    expect(got?.url).toBe(sealed.url.pathname)
    // Node reads header bytes as Latin-1, as they were written.
    const names = sealed.headers.map(([name]) => name.toLowerCase())
    const own = pairs(got!.headers).filter(([name]) => names.includes(name.toLowerCase()))
    expect(own).toEqual(sealed.headers.map((pair) => [...pair]))
    expect(names).toEqual([
      'authorization',
      'psu-ip-address',
      'x-request-id',
      'x-trace',
      'accept',
      'content-type',
      'user-agent',
    ])
    expect(sealed.body()?.equals(got!.body)).toBe(true)
  })

  it('cannot be changed afterwards', async () => {
    const { request: sealed } = await seal(await prepare(draft({}), parts()), parts())
    expect(() => (sealed.headers as unknown[]).push(['X', 'y'])).toThrow(TypeError)
    expect(() => ((sealed.headers[0] as unknown as string[])[1] = 'x')).toThrow(TypeError)
    expect(() => Object.assign(sealed, { method: 'DELETE' })).toThrow(TypeError)
  })

  it('takes its content type from the bank, unless the draft has one', async () => {
    answering(200, { access_token: 'at-canary-123', token_type: 'bearer', expires_in: 600 })
    const body = 'grant_type=refresh_token&client_id=a&refresh_token=b'
    await send(draft({ operation: 'ica-oauth-token-refresh', body }), parts())
    await send(draft({ operation: 'ica-oauth-token-refresh', body, headers: { 'content-TYPE': 'text/x' } }), parts())
    await send(draft({}), parts())
    const types = received.map((each) => fieldOf(pairs(each.headers), 'content-type'))
    expect(types).toEqual([['application/x-www-form-urlencoded'], ['text/x'], []])
  })

  it('carries a fresh X-Request-ID each time', async () => {
    answering(200, {})
    for (let count = 0; count < 3; count++) await send(draft({}), parts())
    const ids = received.flatMap((each) => fieldOf(pairs(each.headers), 'x-request-id'))
    expect(new Set(ids).size).toBe(3)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it.each([
    ['a line break', { 'X-Bad': 'a\r\nEvil: 1' }, 'X-Bad'],
    ['a line feed', { 'X-Bad': 'a\nb' }, 'X-Bad'],
    ['a NUL', { 'X-Nul': 'a\0b' }, 'X-Nul'],
    ['a letter outside Latin-1', { 'X-Wide': 'żółw' }, 'X-Wide'],
    ['a line break in its name', { 'X\r\nY': 'a' }, 'X\r\nY'],
    ['no name', { '': 'a' }, ''],
  ])('refuses a header with %s by name, and nothing leaves', async (_, headers, name) => {
    const fault = await faultOf(send(draft({ headers }), parts()))
    expect(fault).toMatchObject({ code: 'HEADER_INVALID', details: { header: name } })
    expect(received).toEqual([])
    expect(recorded).toEqual([])
  })
})

describe('a header the transport writes itself', () => {
  it.each(['Content-Length', 'transfer-encoding', 'Keep-Alive', 'Upgrade', 'Expect'])(
    '%s is refused by name, and the next call goes through',
    async (name) => {
      answering(200, {})
      const fault = await faultOf(send(draft({ headers: { [name]: '1' } }), parts()))
      expect(fault).toMatchObject({ code: 'HEADER_INVALID', details: { header: name } })
      expect(received).toEqual([])
      await send(draft({ deadline: 5000 }), parts())
      expect(received).toHaveLength(1)
    },
  )
})

describe('secrets', () => {
  it('are in no field of an exchange, wherever the bank repeats them', async () => {
    const bodies: Record<string, string> = {
      json: JSON.stringify({ a: [{ b: token }], detail: `token ${token} is unknown` }),
      text: `Bearer ${token}`,
    }
    for (const body of Object.values(bodies)) {
      answering(401, body, {
        'X-Echo': token,
        'WWW-Authenticate': `Bearer error_description="${token}"`,
        'Set-Cookie': `sid=${token}`,
        Location: `https://b.example/?t=${encodeURIComponent(token)}`,
      })
      const { exchange } = await send(draft({}), parts())
      expect(JSON.stringify(exchange)).not.toContain('tkn-canary')
      expect(fieldOf(exchange.request.headers, 'authorization')).toEqual(['Bearer [redacted]'])
    }
  })

  it('of a token call are masked both ways, and handed to those inside core', async () => {
    const secrets = { code: 'code-canary-1', code_verifier: 'v'.repeat(43), refresh_token: 'refresh-canary-2' }
    answering(400, { error: 'invalid_grant', error_description: `code ${secrets.code} was used` })
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'PSDSE-FINA-1',
      redirect_uri: 'http://127.0.0.1:1/cb',
      code: secrets.code,
      code_verifier: secrets.code_verifier,
    }).toString()
    const { exchange, answer } = await send(draft({ operation: 'ica-oauth-token-authorization-code', body }), parts())
    const text = JSON.stringify(exchange)
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
    expect(exchange.request.body).toContain('client_id=PSDSE-FINA-1')
    expect(answer.body.toString()).toContain(secrets.code)
    answering(200, { access_token: 'at-canary-3', refresh_token: 'rt-canary-4', expires_in: 600, token_type: 'bearer' })
    const refresh = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'x',
      refresh_token: secrets.refresh_token,
    }).toString()
    const issued = await send(draft({ operation: 'ica-oauth-token-refresh', body: refresh }), parts())
    expect(JSON.stringify(issued.exchange)).not.toMatch(/canary/)
    expect(issued.exchange.response?.body).toContain('"expires_in":600')
  })

  it('of a header of its own are masked too', async () => {
    answering(401, { detail: 'own-canary-55 is unknown' })
    const { exchange } = await send(draft({ headers: { Authorization: 'Bearer own-canary-55' } }), parts())
    expect(fieldOf(pairs(received[0]!.headers), 'authorization')).toEqual(['Bearer own-canary-55'])
    expect(JSON.stringify(exchange)).not.toContain('own-canary')
  })

  it('reach no file of the history', async () => {
    const home = join(folder, 'history')
    const log = createExchangeLog(join(home, 'history.sqlite'))
    answering(401, { detail: `token ${token} is unknown`, access_token: token }, { 'X-Echo': token })
    await send(draft({ headers: { Cookie: `sid=${token}`, 'X-Copy': token } }), parts({ record: log.record }))
    // Open still: what was written last is in the -wal.
    const names = await readdir(home)
    expect(names.sort()).toEqual(['history.sqlite', 'history.sqlite-shm', 'history.sqlite-wal'])
    for (const name of names) {
      const bytes = await readFile(join(home, name))
      expect(bytes.includes('tkn-canary'), name).toBe(false)
    }
    expect((await readFile(join(home, 'history.sqlite-wal'))).includes('X-Echo')).toBe(true)
    log.close()
  })

  it('are in no rehearsal', async () => {
    const rehearsed = await rehearse(draft({ environment: 'sandbox' }), parts())
    expect(rehearsed.operation).toBe('ica-accounts-list')
    expect(rehearsed.request).toMatchObject({ method: 'GET', url: `${origin}/Accounts`, body: null })
    expect(JSON.stringify(rehearsed)).not.toContain('tkn-canary')
    expect(received).toEqual([])
    expect(recorded).toEqual([])
  })
})

describe('a call without an answer', () => {
  it('is in history too, and its fault carries the id', async () => {
    const closed = createTcpServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    const urls = { resource: `https://127.0.0.1:${port}` }
    const fault = await faultOf(send(draft({}), parts({ endpoints: () => Promise.resolve({ urls, ca: [ca] }) })))
    expect(fault.code).toBe('NETWORK_REFUSED')
    expect(recorded).toHaveLength(1)
    expect(fault.details.exchange).toBe(recorded[0]?.id)
    expect(recorded[0]).toMatchObject({
      response: null,
      fault: { code: 'NETWORK_REFUSED' },
      explanations: [{ errorId: 'fault:NETWORK_REFUSED', match: 'fault' }],
    })
    expect(JSON.stringify([recorded, fault])).not.toContain('tkn-canary')
  })

  it('ends at its deadline', async () => {
    const { promise, resolve } = Promise.withResolvers<Reply>()
    reply = () => promise
    const fault = await faultOf(send(draft({ deadline: 200 }), parts()))
    resolve({ status: 200 })
    expect(fault).toMatchObject({ code: 'DEADLINE', details: { deadline: 200, exchange: recorded[0]?.id } })
  })

  it('is cancelled by its caller, and recorded', async () => {
    const stop = new AbortController()
    const { promise, resolve } = Promise.withResolvers<Reply>()
    reply = () => {
      stop.abort()
      return promise
    }
    const fault = await faultOf(send(draft({}), parts(), stop.signal))
    resolve({ status: 200 })
    expect(fault).toMatchObject({ code: 'CANCELLED', details: { exchange: recorded[0]?.id } })
    expect(recorded).toMatchObject([{ response: null, fault: { code: 'CANCELLED' } }])
  })

  it('keeps an answer that cannot go into history, and says so', async () => {
    answering(200, { token: 'only here' })
    const record = () => Promise.reject(new Fault('DATA_UNWRITABLE', 'The disk is full.'))
    const { exchange, answer } = await send(draft({}), parts({ record }))
    expect(answer.body.toString()).toContain('only here')
    expect(exchange.findings).toContainEqual({
      id: 'not-recorded',
      severity: 'warning',
      message: 'This exchange is not in history: The disk is full.',
    })
  })

  it('that was never made is in no history', async () => {
    const connection = () => Promise.reject(new Fault('KEYCHAIN_LOCKED'))
    expect((await faultOf(send(draft({}), parts({ connection })))).code).toBe('KEYCHAIN_LOCKED')
    expect(received).toEqual([])
    expect(recorded).toEqual([])
  })
})

describe('an answer that was lost', () => {
  const cut = (operation: string, body?: string) => {
    reply = () => {
      server.closeAllConnections()
      return new Promise<Reply>(() => {})
    }
    const parameters = {
      paymentProduct: 'domestic-credit-transfers',
      'X-Request-ID': '99391c7e-ad88-49ec-a2ad-99ddcb1f7721',
    }
    return send(draft({ operation, parameters, ...(body === undefined ? {} : { body }), insist: true }), parts())
  }

  it('of a payment is unknown, names the request id and the status call, and is not sent twice', async () => {
    await expect(cut('ica-payment-create', '{}')).rejects.toMatchObject({ details: { delivery: 'unknown' } })
    expect(received).toHaveLength(1)
    const found = recorded[0]?.findings.find(({ id }) => id === 'delivery-unknown')
    expect(found?.remedy).toContain('ica-payment-status')
    expect(found?.remedy).toContain('99391c7e-ad88-49ec-a2ad-99ddcb1f7721')
  })
})
