/** Finds the certificate a key belongs to, and the certificates that issued it, by trying keys and signatures instead of trusting the order of a file. */
import { createHash, createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { Fault } from '#shared/fault.ts'
import { readCertificateStructure } from './certificate-structure.ts'
import { nameToText } from './distinguished-name.ts'

export interface CertificatePath {
  readonly leaf: X509Certificate
  /** Issuing certificates, leaf's issuer first. */
  readonly chain: readonly X509Certificate[]
  /** Certificates that were given and belong to neither. */
  readonly leftOut: readonly X509Certificate[]
}

/** @param certificates in any order, each once. @throws Fault KEY_MISMATCH, CERTIFICATE_UNREADABLE */
export function arrangeCertificates(certificates: readonly X509Certificate[], key: KeyObject): CertificatePath {
  const matching = certificates.filter((certificate) => belongsTo(certificate, key))
  const [leaf] = matching
  if (leaf === undefined) throw mismatch(certificates, key)
  if (matching.length > 1) {
    throw new Fault(
      'CERTIFICATE_UNREADABLE',
      `${matching.length} certificates belong to the key. Import them one by one, each with the key and its chain.`,
      { field: 'certificates', certificates: matching.map((certificate) => fingerprintsOf(certificate)) },
    )
  }
  const chain = chainFrom(leaf, certificates)
  return { leaf, chain, leftOut: certificates.filter((one) => one !== leaf && !chain.includes(one)) }
}

/**
 * Whether a certificate and a private key belong together. Node's TLS sends no certificate, without a word, where
 * an RSA certificate meets an EC key: so this is asked before anything is stored or used.
 */
export function belongsTo(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.publicKey.equals(createPublicKey(key)) && certificate.checkPrivateKey(key)
  } catch {
    // Public keys of a kind OpenSSL does not know cannot be compared, and no private key of ours is of that kind.
    return false
  }
}

/** Whether `candidate` signed `certificate`. */
export function issued(candidate: X509Certificate, certificate: X509Certificate): boolean {
  try {
    const { subject } = readCertificateStructure(candidate.raw)
    const { issuer } = readCertificateStructure(certificate.raw)
    return Buffer.compare(subject.bytes, issuer.bytes) === 0 && certificate.verify(candidate.publicKey)
  } catch {
    return false
  }
}

function chainFrom(leaf: X509Certificate, certificates: readonly X509Certificate[]): X509Certificate[] {
  const chain: X509Certificate[] = []
  let current = leaf
  while (!issued(current, current)) {
    const issuer = certificates.find((one) => one !== leaf && !chain.includes(one) && issued(one, current))
    if (issuer === undefined) break
    chain.push(issuer)
    current = issuer
  }
  return chain
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function fingerprintsOf(certificate: X509Certificate) {
  const { subject, publicKey } = readCertificateStructure(certificate.raw)
  return { subject: nameToText(subject), sha256: sha256(certificate.raw), publicKeySha256: sha256(publicKey) }
}

/** Names the fingerprints of both sides: SHA-256 of each SubjectPublicKeyInfo and of the certificate, lower-case hexadecimal. */
export function mismatch(certificates: readonly X509Certificate[], key: KeyObject): Fault {
  const publicKeySha256 = sha256(createPublicKey(key).export({ type: 'spki', format: 'der' }))
  // The one that issued none of the others is the one a person means.
  const leaf = certificates.find((one) => !certificates.some((other) => other !== one && issued(one, other)))
  const named = fingerprintsOf(leaf ?? certificates[0]!)
  const message =
    `The key does not belong to ${certificates.length > 1 ? 'any of the certificates' : 'the certificate'}. ` +
    `Certificate ${named.sha256} (${named.subject.slice(0, 200)}) is for the public key ${named.publicKeySha256}; ` +
    `the key given has ${publicKeySha256}. Give the key the certificate was ordered with.`
  return new Fault('KEY_MISMATCH', message, {
    certificate: named,
    key: { publicKeySha256 },
    certificates: certificates.map(fingerprintsOf),
  })
}
