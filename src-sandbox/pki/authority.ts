/** A certification authority of the sandbox: created once, kept as PEM files in the home. */
import { randomBytes, webcrypto } from 'node:crypto'
import { join } from 'node:path'
import { readFileIfThere, writeFileAtomically } from '#sandbox/home/atomic-file.ts'
import * as x509 from '#sandbox/pki/x509.ts'

type CryptoKey = webcrypto.CryptoKey

/** P-256 everywhere: created in a millisecond, accepted by every TLS stack. */
export const authorityKeyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' }
export const signatureAlgorithm = { name: 'ECDSA', hash: 'SHA-256' }
export const dayMilliseconds = 24 * 60 * 60 * 1000

export interface Authority {
  readonly certificate: x509.X509Certificate
  readonly key: CryptoKey
}

export interface AuthorityName {
  /** File name without extension. */
  readonly file: string
  readonly subject: string
  readonly years: number
  /** Who signs it; left out, it signs itself. */
  readonly issuer?: Authority
}

/** 16 random bytes, first bit off so that DER needs no sign byte, never zero. */
export const randomSerial = (): string => {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01
  return bytes.toString('hex')
}

async function importKey(pem: string): Promise<CryptoKey> {
  const der = x509.PemConverter.decodeFirst(pem)
  return await webcrypto.subtle.importKey('pkcs8', der, authorityKeyAlgorithm, true, ['sign'])
}

async function load(folder: string, name: string): Promise<Authority | null> {
  const certificate = readFileIfThere(join(folder, `${name}.pem`))
  const key = readFileIfThere(join(folder, `${name}.key`))
  if (certificate === null || key === null) return null
  const parsed = new x509.X509Certificate(certificate)
  // A month before its end nothing useful could be signed any more.
  if (parsed.notAfter.getTime() < Date.now() + 30 * dayMilliseconds) return null
  return { certificate: parsed, key: await importKey(key) }
}

/** Writes the key first: a certificate without its key would be useless, the reverse is simply made anew. */
export async function saveCredential(folder: string, name: string, key: CryptoKey, certificate: string): Promise<void> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key)
  writeFileAtomically(join(folder, `${name}.key`), `${x509.PemConverter.encode(der, 'PRIVATE KEY')}\n`, 0o600)
  writeFileAtomically(join(folder, `${name}.pem`), `${certificate.trim()}\n`, 0o644)
}

async function create(folder: string, name: AuthorityName): Promise<Authority> {
  const keys = (await webcrypto.subtle.generateKey(authorityKeyAlgorithm, true, ['sign', 'verify'])) as {
    publicKey: CryptoKey
    privateKey: CryptoKey
  }
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    subject: name.subject,
    issuer: name.issuer?.certificate.subject ?? name.subject,
    notBefore: new Date(Date.now() - dayMilliseconds),
    notAfter: new Date(Date.now() + name.years * 365 * dayMilliseconds),
    publicKey: keys.publicKey,
    signingKey: name.issuer?.key ?? keys.privateKey,
    signingAlgorithm: signatureAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(name.issuer?.certificate.publicKey ?? keys.publicKey),
    ],
  })
  await saveCredential(folder, name.file, keys.privateKey, certificate.toString('pem'))
  return { certificate, key: keys.privateKey }
}

export const openAuthority = async (folder: string, name: AuthorityName): Promise<Authority> =>
  (await load(folder, name.file)) ?? (await create(folder, name))
