/** Signed requests as a real server receives them: what was signed is what was sent, each attempt anew. */
import { createHash, createPublicKey, X509Certificate } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Exchange } from '#shared/contract/exchange.ts'
import { type DraftInput, draftSchema } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { type Credential, createTestAuthority } from '../../test/pki/test-authority.ts'
import { type BankShelf, createBankShelf } from '../banks/bank-shelf.ts'
import { createTransport } from '../http/transport.ts'
import { createOpenKeys } from '../keys/open-keys.ts'
import { verifyDetachedJws, verifyHttpSignature } from '../signing/testing/verify-signature.ts'
import { rehearse, type SendParts, send } from './send.ts'

interface Received {
  readonly method: string
  readonly target: string
  readonly headers: [string, string][]
  readonly body: Buffer
}

const transport = createTransport()
const received: Received[] = []
let folder: string
let banks: BankShelf
let ca: string
let client: Credential
let server: Server
let origin: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-signed-'))
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  banks = createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') })
  const authority = await createTestAuthority()
  ca = authority.ca
  client = await authority.leaf({ name: 'tpp', key: 'RSA' })
  const { cert, key } = await authority.leaf({ name: 'bank' })
  server = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = request.rawHeaders
      const headers = raw.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : []))
      received.push({
        method: request.method ?? '',
        target: request.url ?? '',
        headers,
        body: Buffer.concat(chunks),
      })
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  received.length = 0
})
afterAll(async () => {
  await transport.close()
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

function parts(): SendParts {
  const keys = createOpenKeys({
    secrets: () =>
      ({
        get: () => Promise.resolve(pkcs8(client.key)),
        set: () => Promise.resolve(),
        delete: () => Promise.resolve(true),
      }) as never,
    record: (id) => Promise.resolve({ id, name: 'acme', certificates: [client.cert] } as never),
  })
  return {
    banks,
    transport,
    endpoints: () => Promise.resolve({ urls: { api: origin, xs2a: origin, products: origin }, ca: [ca] }),
    identity: () =>
      Promise.resolve({
        id: 'abcdefgh',
        name: 'acme',
        kind: 'QWAC',
        subject: 'CN=tpp',
        organizationIdentifier: 'PSDSE-FINA-1',
        roles: [],
        notBefore: '2020-01-01T00:00:00.000Z',
        notAfter: '2050-01-01T00:00:00.000Z',
        sha256: client.sha256,
      }),
    grant: () => Promise.reject(new Fault('GRANT_MISSING')),
    signer: ({ id }) => keys.signer(id),
    connection: () =>
      Promise.resolve({
        id: 'abcdefgh',
        secureContext: createSecureContext({ ca, cert: client.cert, key: client.key }),
        clientCertificate: { sha256: client.sha256, subject: 'CN=tpp' },
      }),
    record: () => Promise.resolve(),
    now: Date.now,
  }
}

const pkcs8 = (pem: string): Buffer => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
const publicKey = () => createPublicKey(client.cert)
const header = (request: Received, name: string) => request.headers.find(([each]) => each.toLowerCase() === name)?.[1]

async function exchangeOf(input: DraftInput): Promise<{ exchange: Exchange; request: Received }> {
  const { exchange } = await send(draftSchema.parse(input), parts())
  return { exchange, request: received.at(-1)! }
}

const saltEdge = (change: Partial<DraftInput> = {}): DraftInput => ({
  bank: 'salt-edge',
  operation: 'salt-edge-cof-consent-get',
  parameters: { consent_id: '17' },
  ...change,
})

describe('Salt Edge', () => {
  it('gets three signed headers, the certificate as base64 of its PEM, and the scheme word', async () => {
    const { exchange, request } = await exchangeOf(saltEdge())
    expect(verifyHttpSignature(request, publicKey(), ['digest', 'date', 'x-request-id'])).toBe(true)
    expect(header(request, 'digest')).toBe('SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
    expect(header(request, 'signature')).toMatch(/^Signature keyId="SN=[0-9A-F]+,DN=\//)
    const certificate = Buffer.from(header(request, 'tpp-signature-certificate') ?? '', 'base64').toString('latin1')
    expect(new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()).toBe(client.sha256)
    expect(header(request, 'content-type')).toBe('application/json')
    expect(exchange.signature).toMatchObject({ algorithm: 'rsa-sha256', digestInput: 0, byHand: [] })
    expect(exchange.signature?.signingString.split('\n').map((line) => line.split(': ')[0])).toEqual([
      'digest',
      'date',
      'x-request-id',
    ])
  })

  it('gets a digest of the exact bytes, white space included', async () => {
    const body =
      '{\r\n "account" : {"iban":"SE4550000000058398257466","currency":"EUR"},\t"cardNumber":"5409050000000000" }\n'
    const { request } = await exchangeOf(
      saltEdge({
        operation: 'salt-edge-cof-consent-create',
        parameters: { 'TPP-Redirect-Preferred': 'true' },
        body,
        insist: true,
      }),
    )
    expect(request.body.toString('utf8')).toBe(body)
    expect(header(request, 'digest')).toBe(`SHA-256=${createHash('sha256').update(body).digest('base64')}`)
    expect(verifyHttpSignature(request, publicKey(), ['digest'])).toBe(true)
    const tampered = { ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) }
    expect(verifyHttpSignature(tampered, publicKey(), ['digest'])).toBe(false)
  })

  it('gets another id and signature with every attempt', async () => {
    const one = await exchangeOf(saltEdge())
    const two = await exchangeOf(saltEdge())
    for (const name of ['x-request-id', 'signature'])
      expect(header(one.request, name)).not.toBe(header(two.request, name))
  })

  it('gets a wrong digest when a person sets one, and the exchange says so', async () => {
    const digest = 'SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='
    const { exchange, request } = await exchangeOf(saltEdge({ headers: { Digest: digest } }))
    expect(header(request, 'digest')).toBe(digest)
    expect(exchange.signature).toMatchObject({ digest, byHand: ['digest'] })
    expect(exchange.signature?.digestOfBody).not.toBe(digest)
    expect(verifyHttpSignature(request, publicKey(), ['digest'])).toBe(false)
  })

  it('gets an unsigned request where no identity shall be used, with a finding', async () => {
    const { exchange, request } = await exchangeOf(saltEdge({ identity: 'none', insist: true }))
    expect(header(request, 'signature')).toBeUndefined()
    expect(exchange.signature).toBeNull()
    expect(exchange.findings.map(({ id }) => id)).toContain('signature-missing')
  })
})

describe('SpareBank 1', () => {
  it('gets every listed header that is there, and the customer’s id out of what is kept', async () => {
    const operation = (await banks.open('sparebank1')).operation('sb1-sct-payment-create')
    const { exchange, request } = await exchangeOf({
      bank: 'sparebank1',
      operation: operation.id,
      parameters: {
        'PSU-ID': '01017012345',
        'TPP-Redirect-URI': 'https://tpp.example/back',
        'PSU-IP-Address': '192.0.2.7',
      },
      body: JSON.stringify(operation.body?.example),
      insist: true,
    })
    const listed = ['date', 'digest', 'x-request-id', 'psu-id', 'tpp-redirect-uri']
    expect(verifyHttpSignature(request, publicKey(), listed)).toBe(true)
    expect(exchange.signature?.signedHeaders).toEqual(listed)
    expect(header(request, 'signature')).toMatch(/^keyId="SN=[0-9A-F]+,CA=/)
    expect(JSON.stringify(exchange.signature)).not.toContain('01017012345')
    expect(header(request, 'psu-id')).toBe('01017012345')
  })
})

describe('Bank of Georgia', () => {
  it('gets a detached JWS over digest and request id on payments, and none on its products', async () => {
    const operation = (await banks.open('bank-of-georgia')).operation('bog-payment-initiate')
    const { exchange, request } = await exchangeOf({
      bank: 'bank-of-georgia',
      operation: operation.id,
      parameters: { 'payment-service': 'payments', 'payment-product': 'domestic', 'PSU-IP-Address': '192.0.2.7' },
      body: JSON.stringify(operation.body?.example),
      insist: true,
    })
    const jws = header(request, 'x-jws-signature') ?? ''
    expect(jws.split('.')[1]).toBe('')
    expect(verifyDetachedJws(request, publicKey(), 'x-jws-signature', ['digest', 'x-request-id'])).toBe(true)
    expect(exchange.signature?.protectedHeader).toContain('sigD')
    const products = await exchangeOf({
      bank: 'bank-of-georgia',
      operation: 'bog-products-list',
      parameters: { locale: 'en' },
    })
    expect(header(products.request, 'x-jws-signature')).toBeUndefined()
    expect(products.exchange.signature).toBeNull()
  })
})

describe('before sending', () => {
  it('the same signature is shown, and nothing leaves', async () => {
    const shown = await rehearse(draftSchema.parse(saltEdge()), parts())
    expect(shown.signature?.algorithm).toBe('rsa-sha256')
    expect(shown.request.headers.some(([name]) => name === 'Signature')).toBe(true)
    expect(received).toEqual([])
  })
})
