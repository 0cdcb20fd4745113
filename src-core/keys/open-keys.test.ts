import { constants, verify, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls, { connect, createServer, type SecureContext, type Server, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { oneLineName, rfc2253Name } from '#core/signing/issuer-name.ts'
import { certificateParameters } from '#core/signing/signing-certificate.ts'
import { orderInputSchema } from '#shared/contract/keys.ts'
import { createIdentities, type Identities } from './identities.ts'
import { createMemorySecrets, type MemorySecrets } from './testing/memory-secrets.ts'
import {
  createOpensslMaterial,
  ecP256,
  type OpensslMaterial,
  openssl,
  opensslPresent,
} from './testing/openssl-material.ts'
import { createTestQtsp, type TestQtsp } from './testing/test-qtsp.ts'

/** Connects to a server that wants a client certificate and returns the fingerprint the server saw. */
async function handshake(
  server: Server,
  secureContext: SecureContext,
  maxVersion?: 'TLSv1.2',
): Promise<string | undefined> {
  const { port } = server.address() as { port: number }
  const arrived = once(server, 'secureConnection')
  const socket = connect({
    host: '127.0.0.1',
    port,
    secureContext,
    servername: 'localhost',
    ...(maxVersion && { maxVersion }),
  })
  const [peer] = (await Promise.race([
    arrived,
    once(socket, 'error').then(([error]) => Promise.reject(error as Error)),
  ])) as [TLSSocket]
  const sha256 = peer.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '').toLowerCase()
  socket.destroy()
  peer.destroy()
  return sha256
}

describe.skipIf(!opensslPresent())('keys in use', () => {
  let made: OpensslMaterial
  let server: Server
  let serverCa: string
  let qtsp: TestQtsp
  let folder: string
  let secrets: MemorySecrets
  let identities: Identities

  beforeAll(async () => {
    made = createOpensslMaterial()
    qtsp = await createTestQtsp()
    const key = made.key('server', ...ecP256)
    serverCa = made.certify({
      key,
      subject: '/CN=localhost',
      extensions: ['subjectAltName=DNS:localhost', 'basicConstraints=CA:true'],
    })
    server = createServer({
      key: made.read('server'),
      cert: serverCa,
      ca: qtsp.root,
      requestCert: true,
      rejectUnauthorized: true,
    })
    server.on('tlsClientError', () => undefined)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    folder = await mkdtemp(path.join(tmpdir(), 'tpp-identities-'))
    secrets = createMemorySecrets()
    identities = createIdentities({ folder, secrets: async () => secrets, orderCertificate: qtsp.issue })
    await identities.order(orderInputSchema.parse({ name: 'RSA' }))
    await identities.order(orderInputSchema.parse({ name: 'EC', key: 'ec-p256', kind: 'QSEAL' }))
    await identities.order(orderInputSchema.parse({ name: 'P384', key: 'ec-p384' }))
  })
  afterAll(async () => {
    server.close()
    made.remove()
    await rm(folder, { recursive: true, force: true })
  })
  beforeEach(() => {
    secrets.locked = false
    identities.forget()
  })

  it.each(['RSA', 'EC', 'P384'])('%s: the server sees our leaf and its chain', async (name) => {
    const { id, sha256 } = await identities.resolve(name)
    const context = await identities.secureContext(id, [serverCa])
    // The server knows the root only: it would refuse a leaf that came without the issuing CA.
    expect(await handshake(server, context)).toBe(sha256)
    expect(await handshake(server, context, 'TLSv1.2')).toBe(sha256)
  })

  it('trusts nothing but the roots unless told', async () => {
    const { id } = await identities.resolve('RSA')
    await expect(handshake(server, await identities.secureContext(id, []))).rejects.toThrow(/self.signed/)
  })

  it('speaks nothing older than TLS 1.2, whatever the defaults of the process are', async () => {
    const { id } = await identities.resolve('RSA')
    const before = tls.DEFAULT_MIN_VERSION
    tls.DEFAULT_MIN_VERSION = 'TLSv1'
    const context = await identities.secureContext(id, [serverCa])
    tls.DEFAULT_MIN_VERSION = before
    const old = createServer({
      key: made.read('server'),
      cert: serverCa,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    })
    old.on('tlsClientError', () => undefined)
    old.listen(0, '127.0.0.1')
    await once(old, 'listening')
    await expect(handshake(old, context)).rejects.toMatchObject({ code: expect.stringMatching(/PROTOCOL/) })
    old.close()
  })

  it('makes one context for equal arguments, and a new one after the lock', async () => {
    const { id } = await identities.resolve('RSA')
    const [first, second] = await Promise.all([
      identities.secureContext(id, [serverCa]),
      identities.secureContext(id, [serverCa]),
    ])
    expect(second).toBe(first)
    expect(await identities.secureContext(id, [])).not.toBe(first)
    identities.forget()
    expect(await identities.secureContext(id, [serverCa])).not.toBe(first)
  })

  it('signs what the certificate verifies', async () => {
    const data = Buffer.from('PSU-ID: 1')
    for (const name of ['RSA', 'EC', 'P384']) {
      const { id } = await identities.resolve(name)
      const signer = await identities.signer(id)
      expect(signer.algorithm).toBe(name === 'RSA' ? 'RSA' : 'EC')
      const key = new X509Certificate(signer.certificatePem).publicKey
      for (const hash of ['sha256', 'sha512'] as const) {
        expect(verify(hash, data, key, await signer.sign(hash, data))).toBe(true)
      }
    }
  })

  it('signs with RSASSA-PSS where that is asked for, the salt as long as the hash', async () => {
    const data = Buffer.from('PSU-ID: 1')
    const signer = await identities.signer((await identities.resolve('RSA')).id)
    const key = new X509Certificate(signer.certificatePem).publicKey
    const salts = { sha256: 32, sha512: 64 } as const
    for (const hash of ['sha256', 'sha512'] as const) {
      const saltLength = salts[hash]
      const signature = await signer.sign(hash, data, 'pss')
      expect(verify(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)).toBe(true)
      expect(verify(hash, data, key, signature)).toBe(false)
      expect(verify(hash, data, key, await signer.sign(hash, data, 'pkcs1'))).toBe(true)
    }
    const ecdsa = await identities.signer((await identities.resolve('EC')).id)
    const { publicKey } = new X509Certificate(ecdsa.certificatePem)
    expect(verify('sha256', data, publicKey, await ecdsa.sign('sha256', data, 'pss'))).toBe(true)
  })

  it('names what goes into a signature: curve, chain, serial number and issuer', async () => {
    const curves = []
    for (const name of ['RSA', 'EC', 'P384']) {
      const signer = await identities.signer((await identities.resolve(name)).id)
      curves.push(signer.curve)
      expect(signer.chainPem?.map((pem) => new X509Certificate(pem).subject.includes('CN=Test'))).toEqual([true, true])
      expect(
        new X509Certificate(signer.chainPem![0]!).verify(new X509Certificate(signer.chainPem![1]!).publicKey),
      ).toBe(true)
      // Leaf and issuing CA travel with a signature, the root does not.
      const sent = [signer.certificatePem, signer.chainPem![0]!].map((pem) => new X509Certificate(pem))
      expect(certificateParameters.x5c(signer)).toEqual(sent.map(({ raw }) => raw.toString('base64')))
      expect(signer.serial).toBe(new X509Certificate(signer.certificatePem).serialNumber)
      expect(rfc2253Name(signer.issuer)).toBe('CN=Test Issuing CA,O=Test QTSP,C=SE')
    }
    expect(curves).toEqual([undefined, 'P-256', 'P-384'])
  })

  it('reads an issuer as OpenSSL does, whatever it is named', async () => {
    const key = made.key('odd', ...ecP256)
    const subject =
      '/organizationIdentifier=PSDNO-FSA-123456/CN=Åse, "a" =b <c;d> \\\\ e+f/O=Sparebank\\/1/emailAddress=a@b.c/postalCode=0150/jurisdictionC=NO/C=NO'
    const certificates = made.certify({ key, subject })
    await identities.import({ name: 'Odd', certificates: certificates + made.read('odd') })
    const signer = await identities.signer((await identities.resolve('Odd')).id)
    made.write('odd.pem', certificates)
    const printed = openssl('x509', '-in', made.at('odd.pem'), '-noout', '-issuer', '-nameopt', 'compat', '-serial')
    expect(printed).toBe(`issuer=${oneLineName(signer.issuer)}\nserial=${signer.serial}\n`)
    await identities.delete('Odd')
  })

  it('neither signs nor connects once the store is locked, and does both again afterwards', async () => {
    const { id } = await identities.resolve('EC')
    const signer = await identities.signer(id)
    secrets.locked = true
    identities.forget()
    await expect(signer.sign('sha256', Buffer.of(1))).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' })
    await expect(identities.secureContext(id, [])).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' })
    expect((await identities.inspect('EC')).keyState).toBe('unknown')
    secrets.locked = false
    expect(await signer.sign('sha256', Buffer.of(1))).toBeInstanceOf(Buffer)
    await identities.secureContext(id, [])
  })

  it('says what to do when the secret is gone, damaged or another key', async () => {
    const { id } = await identities.resolve('RSA')
    const other = await identities.resolve('EC')
    const kept = secrets.held.get(`key-${id}`)!
    const attempt = () => identities.secureContext(id, [])
    secrets.held.delete(`key-${id}`)
    await expect(attempt()).rejects.toMatchObject({
      code: 'SECRET_ABSENT',
      message: 'The key of identity "RSA" is no longer in the key store: import it again or order a new one.',
    })
    secrets.held.set(`key-${id}`, Buffer.from('no key'))
    await expect(attempt()).rejects.toMatchObject({ code: 'SECRET_DAMAGED' })
    // An RSA certificate with an EC key: Node itself would connect without any client certificate.
    secrets.held.set(`key-${id}`, secrets.held.get(`key-${other.id}`)!)
    await expect(attempt()).rejects.toMatchObject({ code: 'KEY_MISMATCH' })
    await expect(identities.signer(id)).rejects.toMatchObject({ code: 'KEY_MISMATCH' })
    secrets.held.set(`key-${id}`, kept)
    await attempt()
    await expect(identities.secureContext('aaaaaaaa', [])).rejects.toMatchObject({ code: 'IDENTITY_UNKNOWN' })
    await expect(identities.signer('../../etc/passwd')).rejects.toMatchObject({ code: 'IDENTITY_UNKNOWN' })
  })

  it('refuses a CA that does not decode, which Node would pass over', async () => {
    const { id } = await identities.resolve('RSA')
    const bad = '-----BEGIN CERTIFICATE-----\nTWFu\n-----END CERTIFICATE-----\n'
    await expect(identities.secureContext(id, [bad])).rejects.toMatchObject({ code: 'CERTIFICATE_UNREADABLE' })
  })

  it('says which file is damaged when a stored certificate does not decode', async () => {
    const view = await identities.order(orderInputSchema.parse({ name: 'Damaged', key: 'ec-p256' }))
    const file = path.join(folder, `${view.id}.json`)
    const record = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...record, certificates: ['no PEM'] }))
    await expect(identities.signer(view.id)).rejects.toMatchObject({
      code: 'DATA_DAMAGED',
      details: { file: `${view.id}.json` },
    })
    await identities.delete('Damaged')
  })
})
