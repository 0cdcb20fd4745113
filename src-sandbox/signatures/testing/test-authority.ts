/** A CA with a name of one's own, and sealing certificates from it, for tests of signatures. */
import { webcrypto, X509Certificate } from 'node:crypto'
import type { TrustStore } from '#sandbox/pki/certificate-verdict.ts'
import * as x509 from '#sandbox/pki/x509.ts'

export const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}
export const ec = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const policies = { QWAC: '0.4.0.194112.1.4', QSEAL: '0.4.0.194112.1.1' }

export interface LeafWish {
  readonly algorithm?: typeof rsa | typeof ec
  readonly serialNumber?: string
  readonly kind?: keyof typeof policies
  readonly notAfter?: Date
}

export interface Leaf {
  readonly key: string
  readonly certificate: X509Certificate
}

export interface TestAuthority {
  readonly trust: TrustStore
  readonly revoked: Set<string>
  leaf(wish?: LeafWish): Promise<Leaf>
}

const makeKeys = async (algorithm: typeof rsa | typeof ec): Promise<webcrypto.CryptoKeyPair> =>
  (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair

const minute = 60_000
const node = (certificate: x509.X509Certificate): X509Certificate =>
  new X509Certificate(Buffer.from(certificate.rawData))

export async function makeAuthority(name: x509.JsonName): Promise<TestAuthority> {
  const keys = await makeKeys(ec)
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    serialNumber: '01',
    notBefore: new Date(Date.now() - minute),
    notAfter: new Date(Date.now() + 60 * minute),
    signingAlgorithm: ec,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  })
  const revoked = new Set<string>()
  return {
    revoked,
    trust: {
      roots: [node(certificate)],
      intermediates: [],
      isRevoked: (leaf) => revoked.has(leaf.serialNumber),
      isBlocked: () => false,
    },
    leaf: async ({ algorithm = rsa, serialNumber = '2a5f', kind = 'QSEAL', notAfter } = {}) => {
      const own = await makeKeys(algorithm)
      const leaf = await x509.X509CertificateGenerator.create({
        serialNumber,
        subject: [{ O: ['Test TPP'] }, { '2.5.4.97': ['PSDNO-FSA-987654321'] }],
        issuer: certificate.subjectName,
        notBefore: new Date(Date.now() - 10 * minute),
        notAfter: notAfter ?? new Date(Date.now() + 30 * minute),
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ec,
        extensions: [new x509.CertificatePolicyExtension([policies[kind]])],
      })
      const der = await webcrypto.subtle.exportKey('pkcs8', own.privateKey)
      return { key: x509.PemConverter.encode(der, 'PRIVATE KEY'), certificate: node(leaf) }
    },
  }
}
