import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rolesIn } from '#sandbox/pki/qc-statements.ts'
import * as x509 from '#sandbox/pki/x509.ts'
import { saltEdgeStyle, signedHeaders, spareBank1Style } from '#sandbox/testing/http-signer.ts'
import { makeRequest } from '#sandbox/testing/psd2-request.ts'
import { removeHome, type SandboxProcess, startSandbox } from '#sandbox/testing/sandbox-process.ts'
import { type TestControl, type TestIdentity, testControl } from '#sandbox/testing/test-control.ts'
import { exchange, type TestAnswer, type TestMessage } from '#sandbox/testing/test-exchange.ts'
import { urlOf } from '#sandbox/testing/test-tpp.ts'
import type { CertificateOrder } from '#shared/sandbox-protocol.ts'

let sandbox: SandboxProcess
let control: TestControl
let folder: string
beforeAll(async () => {
  sandbox = await startSandbox()
  control = testControl(sandbox.running)
  folder = mkdtempSync(join(tmpdir(), 'odd-certificates-'))
})
afterAll(async () => {
  await sandbox.stop()
  removeHome(sandbox.home)
  rmSync(folder, { recursive: true, force: true })
})

let organisations = 0
const newName = (): string => {
  organisations += 1
  return `PSDNO-FSA-${organisations * 10}`
}

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

interface Ordered extends TestIdentity {
  readonly leaf: x509.X509Certificate
  readonly chain: readonly string[]
}

async function order(organizationIdentifier: string, wanted: Partial<CertificateOrder>): Promise<Ordered> {
  const { key, csr } = await makeRequest({
    organizationIdentifier,
    ...(wanted.kind === 'QSEAL' ? { algorithm: rsa } : {}),
  })
  const { status, json } = await control.send('POST', '/qtsp/certificates', { csr, kind: 'QWAC', ...wanted })
  if (status !== 201) throw new Error(JSON.stringify(json))
  const { certificate, chain } = json as { certificate: string; chain: string[] }
  const leaf = new x509.X509Certificate(certificate)
  return { organizationIdentifier, key, certificate: [certificate, ...chain].join('\n'), leaf, chain }
}

const certifiedName = ({ leaf }: Ordered): string => leaf.subjectName.getField('2.5.4.97')[0] ?? ''

async function call({ key, certificate }: TestIdentity, message: TestMessage): Promise<TestAnswer> {
  // OpenSSL does not even offer a certificate signed with SHA-1 at its usual level.
  const agent = new Agent({
    ca: readFileSync(sandbox.running.ca),
    key,
    cert: certificate,
    ciphers: 'DEFAULT@SECLEVEL=0',
  })
  try {
    return await exchange(agent, message)
  } finally {
    agent.destroy()
  }
}

const json = { 'content-type': 'application/json' }
const url = (bank: string, host: string, path: string): string => urlOf(sandbox.running, host, bank) + path

const register = (identity: Ordered, oid = identity.organizationIdentifier): Promise<TestAnswer> =>
  call(identity, {
    method: 'POST',
    url: url('ica-banken', 'registration', '/t/icabanken.tenant/mtls_client/2.0.0/client'),
    headers: json,
    body: JSON.stringify({ oid, callbackUri: ['https://tpp.example/callback'] }),
  })

const readAccounts = (identity: Ordered): Promise<TestAnswer> =>
  call(identity, {
    method: 'GET',
    url: url('bank-of-georgia', 'xs2a', '/v1/accounts'),
    headers: { 'x-request-id': crypto.randomUUID(), accept: 'application/json' },
  })

const payment = JSON.stringify({
  instructedAmount: { amount: '100.33', currency: 'EUR' },
  creditorName: 'Company 123',
  creditorAccount: { iban: 'DE89370400440532013000', currency: 'EUR' },
  debtorAccount: { iban: 'NO9386011117947', currency: 'NOK' },
})

const pay = (identity: Ordered, seal: Ordered): Promise<TestAnswer> =>
  call(identity, {
    method: 'POST',
    url: url('sparebank1', 'xs2a', '/v1/payments/sepa-credit-transfers'),
    headers: signedHeaders(seal, spareBank1Style, { ...json, 'tpp-redirect-uri': 'https://tpp.example/r' }, payment),
    body: payment,
  })

const consent = JSON.stringify({ account: { iban: 'DE2310010010123456789' } })

const askConsent = (seal: Ordered): Promise<TestAnswer> =>
  call(seal, {
    method: 'POST',
    url: url('salt-edge', 'api', '/demo_bank/api/berlingroup/v2/consents/confirmation-of-funds'),
    headers: signedHeaders(seal, saltEdgeStyle, { ...json, 'tpp-redirect-preferred': 'false' }, consent),
    body: consent,
  })

const reason = async (identity: Ordered): Promise<string> => await control.lastReason(certifiedName(identity))

describe('each bank judges', () => {
  // ICA, Bank of Georgia, SpareBank 1 (connection), Salt Edge (seal): what the log of the bank says.
  it.each<readonly [CertificateOrder['profile'] & string, RegExp, RegExp, RegExp, RegExp]>([
    ['valid', /is registered now/, /./, /./, /./],
    [
      'expired',
      /certificate-expired: .*ended on/,
      /401-certificate-expired.*ended on/,
      /forbidden: .*ended on/,
      /ended on/,
    ],
    [
      'not-yet-valid',
      /starts only on/,
      /401-certificate-invalid.*starts only/,
      /forbidden: .*starts only/,
      /starts only on/,
    ],
    [
      'revoked',
      /certificate-revoked/,
      /401-certificate-revoke.*revocation list/,
      /forbidden: .*revocation list/,
      /revocation list/,
    ],
    ['blocked', /certificate-blocked/, /401-certificate-blocked/, /forbidden: .*blocked/, /blocked/],
    [
      'other-ca',
      /local-issuer-missing/,
      /401-certificate-invalid.*untrusted/,
      /forbidden: .*untrusted/,
      /untrusted|not trusted/,
    ],
    [
      'leaf-only',
      /registration-issuer-missing/,
      /401-certificate-invalid.*intermediate/,
      /forbidden: .*intermediate/,
      /intermediate/,
    ],
    ['sha-1', /local-issuer-missing: .*SHA-1/, /401-certificate-invalid.*SHA-1/, /forbidden: .*SHA-1/, /SHA-1/],
  ])('a certificate that is %s', async (profile, ica, bog, sb1, saltEdge) => {
    const name = newName()
    const good = await order(name, { kind: 'QSEAL' })
    const [qwac, seal] = [await order(name, { profile }), await order(name, { kind: 'QSEAL', profile })]
    const bad = profile !== 'valid'

    expect((await register(qwac)).status).toBe(bad ? 400 : 201)
    expect(await reason(qwac)).toMatch(ica)

    const accounts = await readAccounts(qwac)
    expect(await reason(qwac)).toMatch(bog)
    expect((await reason(qwac)).includes('certificate-')).toBe(bad)
    expect(accounts.status).toBe(bad ? 401 : 400)

    // 401 with a link: the customer is asked next.
    expect((await pay(qwac, good)).status).toBe(bad ? 403 : 401)
    expect(await reason(qwac)).toMatch(sb1)

    expect((await askConsent(seal)).status).toBe(bad ? 401 : 201)
    expect(await reason(seal)).toMatch(saltEdge)
  })

  it('the role a call needs', async () => {
    const name = newName()
    const qwac = await order(name, { profile: 'wrong-role' })
    const extension = qwac.leaf.getExtension('1.3.6.1.5.5.7.1.3')
    expect(rolesIn(Buffer.from(extension?.value ?? new ArrayBuffer()))).toEqual(['PSP_AS'])
    const der = join(folder, 'wrong-role.pem')
    writeFileSync(der, qwac.leaf.toString('pem'))
    expect(execFileSync('openssl', ['x509', '-in', der, '-noout', '-text'], { encoding: 'utf8' })).toContain('PSP_AS')

    expect(await readAccounts(qwac)).toMatchObject({ status: 401, json: { tppMessages: [{ code: 'ROLE_INVALID' }] } })
    expect(await reason(qwac)).toContain('the certificate has PSP_AS; this needs PSP_AI')
    expect((await pay(qwac, await order(name, { kind: 'QSEAL' }))).status).toBe(403)
    expect(await reason(qwac)).toContain('the certificate has PSP_AS, not PSP_PI')
  })

  it('whose certificate it is', async () => {
    const name = newName()
    const qwac = await order(name, { profile: 'wrong-organisation' })
    const other = certifiedName(qwac)
    expect(other).toMatch(/^PSDNO-FSA-\d+1$/)
    expect(other).not.toBe(name)

    expect((await register(qwac, name)).json).toMatchObject({ detail: expect.stringMatching(/does not match/i) })
    expect(await reason(qwac)).toContain(`the body names ${name}, the certificate ${other}`)
    expect((await pay(qwac, await order(name, { kind: 'QSEAL' }))).status).toBe(403)
    expect(await reason(qwac)).toContain(`${name} signed, but ${other} is on the connection`)
  })
})

describe('the revocation list', () => {
  /** What openssl says of a leaf, with the list of its issuer. */
  async function verify({ leaf, chain }: Ordered): Promise<string> {
    const point = leaf.getExtension(x509.CRLDistributionPointsExtension)?.distributionPoints[0]
    const at = point?.distributionPoint?.fullName?.[0]?.uniformResourceIdentifier ?? ''
    const list = Buffer.from(await (await fetch(at)).arrayBuffer())
    const file = (name: string, content: string | Buffer): string => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    }
    execFileSync('openssl', ['crl', '-inform', 'der', '-in', file('list.der', list), '-out', join(folder, 'list.pem')])
    const [issuer = '', root = issuer] = chain
    const files = ['-CAfile', file('root.pem', root), '-untrusted', file('issuer.pem', issuer)]
    const args = ['verify', '-crl_check', '-CRLfile', join(folder, 'list.pem'), ...files]
    try {
      return execFileSync('openssl', [...args, file('leaf.pem', leaf.toString('pem'))], { encoding: 'utf8' })
    } catch (cause) {
      return String((cause as { stderr: Buffer }).stderr)
    }
  }

  it.each(['standard', 'non-ascii'] as const)('of the %s CA is one openssl checks by', async (issuer) => {
    const name = newName()
    expect(await verify(await order(name, { issuer }))).toContain(': OK')
    expect(await verify(await order(name, { issuer, profile: 'revoked' }))).toMatch(/certificate revoked/)
    expect(await verify(await order(name, { issuer, kind: 'QSEAL' }))).toContain(': OK')
  })

  it('of a CA nobody trusts is its own', async () => {
    expect(await verify(await order(newName(), { profile: 'other-ca' }))).toContain(': OK')
  })
})

describe('a CA with an Å in its name', () => {
  it('is trusted as any other, and its name goes through the signature header encoded', async () => {
    const name = newName()
    const [qwac, seal] = [
      await order(name, { issuer: 'non-ascii' }),
      await order(name, { issuer: 'non-ascii', kind: 'QSEAL' }),
    ]
    expect(seal.leaf.issuer).toContain('Ålesund')
    expect((await register(qwac)).status).toBe(201)
    const plain = signedHeaders(
      seal,
      spareBank1Style,
      { ...json, 'tpp-redirect-uri': 'https://tpp.example/r' },
      payment,
    )
    const encoded = `=?utf-8?B?${Buffer.from(plain.signature ?? '').toString('base64')}?=`
    const answer = await call(qwac, {
      method: 'POST',
      url: url('sparebank1', 'xs2a', '/v1/payments/sepa-credit-transfers'),
      headers: { ...plain, signature: encoded },
      body: payment,
    })
    expect(answer.text).toContain('scaRedirect')
  })
})
