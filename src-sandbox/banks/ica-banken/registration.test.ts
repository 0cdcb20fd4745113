import { webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as x509 from '#sandbox/pki/x509.ts'
import { openBench, type TestBench } from '#sandbox/testing/test-bench.ts'
import type { TestIdentity } from '#sandbox/testing/test-control.ts'
import { exchange } from '#sandbox/testing/test-exchange.ts'
import { callbackUri, urlOf } from '#sandbox/testing/test-tpp.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const refused = (code: string, detail: string) => ({ title: 'Bad request', code, detail })

async function register(identity: TestIdentity | null, body?: unknown) {
  const tpp = bench.tpp(identity)
  const oid = identity?.organizationIdentifier ?? 'PSDSE-FINA-0'
  const answer = await tpp.call('ica-register-client', { body: body ?? { oid, callbackUri: [callbackUri] } })
  return { status: answer.status, json: answer.json, type: answer.headers['content-type'] }
}

async function selfSigned(organizationIdentifier: string): Promise<TestIdentity> {
  const keys = (await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ O: ['Test TPP AB'] }, { '2.5.4.97': [organizationIdentifier] }],
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  })
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  return { organizationIdentifier, key, certificate: certificate.toString('pem') }
}

describe('a good registration', () => {
  it('answers 201 and echoes the request id', async () => {
    const tpp = bench.tpp(await bench.identity())
    const oid = tpp.organizationIdentifier
    const requestId = '99391c7e-ad88-49ec-a2ad-99ddcb1f7721'
    const answer = await tpp.call('ica-register-client', {
      body: { oid, callbackUri: [callbackUri, 'http://127.0.0.1:4711/cb'] },
      headers: { 'x-request-id': requestId },
    })
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({ oid, callbackUri: [callbackUri, 'http://127.0.0.1:4711/cb'], status: 'REGISTERED' })
    expect(answer.headers['x-request-id']).toBe(requestId)
  })

  it('is refused the second time', async () => {
    const identity = await bench.identity()
    await register(identity)
    const again = await register(identity)
    expect(again.status).toBe(400)
    expect(again.type).toBe('application/problem+json')
    expect(again.json).toEqual(refused('FAILED', `OID: ${identity.organizationIdentifier} is already registered`))
  })
})

describe('certificates', () => {
  it('is missing', async () => {
    const { json } = await register(null)
    expect(json.code).toBe('CERTIFICATE_MISSING')
  })

  it.each([
    ['expired', 'CERTIFICATE_EXPIRED', 'The certificate has expired.'],
    ['not-yet-valid', 'CERTIFICATE_EXPIRED', 'The certificate has expired.'],
    ['other-ca', 'ISSUER_MISSING', 'Unable to get local issuer certificate'],
    ['leaf-only', 'ISSUER_MISSING', 'Unable to get issuer certificate'],
    ['revoked', 'CERTIFICATE_REVOKED', 'The certificate has been revoked by QSTP.'],
    ['blocked', 'CERTIFICATE_BLOCKED', 'Certificate has been blocked by the ASPSP'],
  ] as const)('%s', async (profile, code, detail) => {
    const identity = await bench.control.order(`PSDSE-FINA-profile-${profile}`, { profile })
    expect((await register(identity)).json).toEqual(refused(code, detail))
  })

  it('is self-signed', async () => {
    const { json } = await register(await selfSigned('PSDSE-FINA-self'))
    expect(json).toEqual(refused('ISSUER_MISSING', 'Unable to get local issuer certificate'))
  })

  it('is expired on the tenant’s clock', async () => {
    const identity = await bench.control.order('PSDSE-FINA-clock', { days: 10 })
    await bench.control.moveClock('PSDSE-FINA-clock', 11 * 86_400)
    expect((await register(identity)).json.code).toBe('CERTIFICATE_EXPIRED')
  })

  it('is good where the client sends the intermediate the bank lacks, on a resumed session too', async () => {
    const identity = await bench.control.order('PSDSE-FINA-chain', { profile: 'leaf-only' })
    const intermediate = readFileSync(join(bench.sandbox.home, 'authorities', 'qtsp-unpublished.pem'), 'utf8')
    const agent = new Agent({
      ca: readFileSync(bench.sandbox.running.ca),
      key: identity.key,
      cert: `${identity.certificate}\n${intermediate}`,
    })
    const url = `${urlOf(bench.sandbox.running, 'registration')}/t/icabanken.tenant/mtls_client/2.0.0/client`
    const body = JSON.stringify({ oid: identity.organizationIdentifier, callbackUri: [callbackUri] })
    expect((await exchange(agent, { method: 'POST', url, body })).status).toBe(201)
    // The agent keeps no connection, only the TLS session.
    expect((await exchange(agent, { method: 'POST', url, body })).json.detail).toContain('is already registered')
  })

  it('is good as a leaf alone where the bank holds the issuer', async () => {
    const identity = await bench.identity()
    const [leaf = ''] = identity.certificate.split(/(?<=-----END CERTIFICATE-----)/)
    expect((await register({ ...identity, certificate: leaf })).status).toBe(201)
  })
})

describe('bodies', () => {
  const callbacks = { callbackUri: [callbackUri] }
  it.each([
    ['no oid', () => callbacks, 'The Organization ID is not provided correctly'],
    ['no JSON', () => '{', 'The Organization ID is not provided correctly'],
    ['no callbacks', (oid: string) => ({ oid }), 'The callback URI List is not provided correctly'],
    ['callbacks as text', (oid: string) => ({ oid, callbackUri }), 'The callback URI List is not provided correctly'],
    ['empty callbacks', (oid: string) => ({ oid, callbackUri: [] }), 'The callback URI List is empty'],
    ['another oid', () => ({ oid: 'PSDSE-FINA-other', ...callbacks }), 'The Organization ID does not match'],
  ])('%s', async (_name, body, detail) => {
    const identity = await bench.identity()
    const { status, json } = await register(identity, body(identity.organizationIdentifier))
    expect(status).toBe(400)
    expect(json.code).toBe('FAILED')
    expect(json.detail).toContain(detail)
  })

  it.each([
    'not a uri',
    '/relative',
    'http://tpp.example/cb',
    'https://tpp.example/cb#part',
    'https:\\\\tpp.example',
    'https://user:pw@tpp.example/cb',
    'javascript:alert(1)',
    7,
  ])('callback %j', async (uri) => {
    const identity = await bench.identity()
    const { json } = await register(identity, { oid: identity.organizationIdentifier, callbackUri: [callbackUri, uri] })
    expect(json.detail).toContain('invalid URI')
  })
})

describe('the portal', () => {
  it('has no certificate of the organisation', async () => {
    const identity = await bench.control.order('PSDSE-FINA-portal-1', { upload: false })
    expect((await register(identity)).json.detail).toBe('The Organization ID does not exist.')
  })

  it('has another certificate of the organisation', async () => {
    await bench.control.order('PSDSE-FINA-portal-2')
    const other = await bench.control.order('PSDSE-FINA-portal-2', { upload: false })
    expect((await register(other)).json.detail).toBe('The uploaded certificate does not match')
    const [leaf] = other.certificate.split(/(?<=-----END CERTIFICATE-----)/)
    await bench.control.send('POST', '/banks/ica-banken/portal/certificates', { certificate: leaf })
    expect((await register(other)).status).toBe(201)
  })
})

describe('faults inside the bank', () => {
  it.each([
    ['curity-registration', 'could not be registered in Curity. Contact the Support Team.'],
    ['gateway-registration', 'could not be registered. Contact the Support Team.'],
    ['registration-error', 'Error occurred while registering client. Contact the Support Team'],
    ['registration-internal', 'Internal application error, Contact the Support Team.'],
  ])('%s', async (name, detail) => {
    const identity = await bench.identity()
    await bench.control.switchOn(identity.organizationIdentifier, name)
    const { json } = await register(identity)
    expect(json.detail).toContain(detail)
    expect(json.detail).not.toContain('<<')
    await bench.control.switchOn(identity.organizationIdentifier)
    expect((await register(identity)).status).toBe(201)
  })
})
