/** A certificate authority for tests: real keys and certificates, made in memory. */
import 'reflect-metadata'
import { createPrivateKey, type KeyObject, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(webcrypto as unknown as typeof globalThis.crypto)

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000

export interface LeafOptions {
  readonly name?: string
  /** Subject alternative names; `127.0.0.1` and `localhost` where left out. */
  readonly hosts?: readonly string[]
  /** Days from now; negative is in the past. */
  readonly from?: number
  readonly until?: number
  /** EC on P-256 where left out. */
  readonly key?: 'EC' | 'RSA'
}

export interface Credential {
  /** PEM, leaf first. */
  readonly cert: string
  /** PKCS#8 PEM. */
  readonly key: string
  readonly keyObject: KeyObject
  /** Of the leaf, lower-case hexadecimal. */
  readonly sha256: string
}

export interface TestAuthority {
  readonly ca: string
  leaf(options?: LeafOptions): Promise<Credential>
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }) as string
}

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const

const newKeys = (kind: 'EC' | 'RSA' = 'EC') =>
  webcrypto.subtle.generateKey(kind === 'RSA' ? rsa : algorithm, true, [
    'sign',
    'verify',
  ]) as Promise<webcrypto.CryptoKeyPair>

export async function createTestAuthority(name = 'Test CA'): Promise<TestAuthority> {
  const keys = await newKeys()
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 400 * day),
    notAfter: new Date(Date.now() + 400 * day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 2, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  })
  let serial = 16
  return {
    ca: root.toString('pem'),
    async leaf({ name: subject = 'leaf', hosts = ['127.0.0.1', 'localhost'], from = -1, until = 30, key: kind } = {}) {
      const leafKeys = await newKeys(kind)
      serial += 1
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serial.toString(16),
        subject: `CN=${subject}`,
        issuer: root.subject,
        notBefore: new Date(Date.now() + from * day),
        notAfter: new Date(Date.now() + until * day),
        signingAlgorithm: algorithm,
        publicKey: leafKeys.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.SubjectAlternativeNameExtension(
            hosts.map((host) => ({ type: /^[\d.]+$/.test(host) ? 'ip' : 'dns', value: host })),
          ),
        ],
      })
      const key = await pemOf(leafKeys.privateKey)
      const sha256 = Buffer.from(await certificate.getThumbprint('SHA-256')).toString('hex')
      return { cert: certificate.toString('pem'), key, keyObject: createPrivateKey(key), sha256 }
    },
  }
}
