/** Makes the key pair of a new identity and asks for its certificate: a PKCS#10 request (RFC 2986) as ETSI TS 119 495 wants it. */
import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { keyKinds } from '#shared/contract/keys.ts'
import { organizationIdentifierOid } from './distinguished-name.ts'
import { encodeQcStatements, type Qualification, qcStatementsOid } from './qc-statements.ts'

export type KeyKind = (typeof keyKinds)[number]

const makePair = promisify(generateKeyPair)
const rsa = (modulusLength: number) => () => makePair('rsa', { modulusLength, publicExponent: 65537 })
const ec = (namedCurve: string) => () => makePair('ec', { namedCurve })
const makers: Record<KeyKind, () => Promise<{ privateKey: KeyObject; publicKey: KeyObject }>> = {
  'rsa-2048': rsa(2048),
  'rsa-3072': rsa(3072),
  'rsa-4096': rsa(4096),
  'ec-p256': ec('P-256'),
  'ec-p384': ec('P-384'),
}

export interface KeyPair {
  readonly kind: KeyKind
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** Made off the main thread; RSA with e = 65537. */
export async function makeKeyPair(kind: KeyKind): Promise<KeyPair> {
  return { kind, ...(await makers[kind]()) }
}

const signatures: Record<KeyKind, { readonly key: Parameters<KeyObject['toCryptoKey']>[0]; readonly hash: string }> = {
  'rsa-2048': { key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, hash: 'SHA-256' },
  'rsa-3072': { key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, hash: 'SHA-256' },
  'rsa-4096': { key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, hash: 'SHA-256' },
  'ec-p256': { key: { name: 'ECDSA', namedCurve: 'P-256' }, hash: 'SHA-256' },
  'ec-p384': { key: { name: 'ECDSA', namedCurve: 'P-384' }, hash: 'SHA-384' },
}

export interface RequestedSubject extends Qualification {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string
  readonly organization: string
  readonly organizationIdentifier: string
  readonly commonName: string
}

/** @returns the request, PEM, signed with the pair's key; the key stays where it is. */
export async function makeSigningRequest(pair: KeyPair, subject: RequestedSubject): Promise<string> {
  // Loaded only here: the library takes about 85 ms, and calls never need it. It expects the decorators' metadata to be there.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const { key, hash } = signatures[pair.kind]
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: new x509.Name([
      { C: [{ printableString: subject.country }] },
      { O: [{ utf8String: subject.organization }] },
      { [organizationIdentifierOid]: [{ utf8String: subject.organizationIdentifier }] },
      { CN: [{ utf8String: subject.commonName }] },
    ]),
    keys: {
      privateKey: pair.privateKey.toCryptoKey(key, false, ['sign']),
      publicKey: pair.publicKey.toCryptoKey(key, true, ['verify']),
    },
    signingAlgorithm: { name: typeof key === 'string' ? key : key.name, hash },
    extensions: [new x509.Extension(qcStatementsOid, false, encodeQcStatements(subject))],
  })
  return `${request.toString('pem')}\n`
}
