/** Keys with certificates of their own, as RequestSigners: real keys, made once per test file. */
import 'reflect-metadata'
import { constants, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import type { IssuerAttribute, RequestSigner } from '../signing-scheme.ts'

export interface SigningKey {
  readonly signer: RequestSigner
  readonly publicKey: KeyObject
}

const sha256 = 'SHA-256'
const webAlgorithms = {
  RSA: { name: 'RSASSA-PKCS1-v1_5', hash: sha256 },
  EC: { name: 'ECDSA', namedCurve: 'P-256', hash: sha256 },
} as const

/** UTF8String. */
export const attribute = (oid: string, value: string): IssuerAttribute => {
  const content = Buffer.from(value, 'utf8')
  return { oid, value, der: Buffer.concat([Buffer.of(0x0c, content.length), content]) }
}

/** certSIGN's test CA as the sample of a bank's document names it: organizationIdentifier, CN, O, C. */
export const sampleIssuer: RequestSigner['issuer'] = [
  [attribute('2.5.4.97', 'TppSaltTest000')],
  [attribute('2.5.4.3', 'certSIGNSALTTEST Web CA')],
  [attribute('2.5.4.10', 'SaltTest')],
  [attribute('2.5.4.6', 'RO')],
]

async function selfSigned(pair: { privateKey: KeyObject; publicKey: KeyObject }, algorithm: 'RSA' | 'EC') {
  const web = webAlgorithms[algorithm]
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '8fa1',
    name: 'C=SE, O=Exempel AB, CN=Exempel',
    keys: {
      privateKey: pair.privateKey.toCryptoKey(web, true, ['sign']),
      publicKey: pair.publicKey.toCryptoKey(web, true, ['verify']),
    },
    signingAlgorithm: web,
  })
  return certificate.toString('pem')
}

function signerOf(key: KeyObject, certificatePem: string): RequestSigner {
  const algorithm = key.asymmetricKeyType === 'rsa' ? 'RSA' : 'EC'
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
  return {
    algorithm,
    ...(algorithm === 'EC' && { curve: 'P-256' }),
    sign: async (hash, data, padding) => sign(hash, data, { key, ...(padding === 'pss' && pss) }),
    certificatePem,
    issuer: sampleIssuer,
    serial: '8FA1',
  }
}

export async function createSigningKey(algorithm: 'RSA' | 'EC', bits = 2048): Promise<SigningKey> {
  const pair =
    algorithm === 'RSA'
      ? generateKeyPairSync('rsa', { modulusLength: bits })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { signer: signerOf(pair.privateKey, await selfSigned(pair, algorithm)), publicKey: pair.publicKey }
}

/** A published private key; what it has no certificate for is left empty. */
export const publishedSigner = (key: Parameters<typeof createPrivateKey>[0]): RequestSigner =>
  signerOf(createPrivateKey(key), '')
