/** Takes an X.509 certificate apart as far as Node's own class does not: names, extensions and how it was signed (RFC 5280 section 4.1). */
import { Fault } from '#shared/fault.ts'
import { childrenOf, type DerNode, elementsIn, objectIdentifierOf, readDer, tags } from './der.ts'

export interface CertificateStructure {
  readonly issuer: DerNode
  readonly subject: DerNode
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  /** Content of each extension by OID. */
  readonly extensions: ReadonlyMap<string, Uint8Array>
  /** Whether the issuer hashed with SHA-1 or MD5. */
  readonly weakSignature: boolean
}

const versionTag = 0xa0
const extensionsTag = 0xa3

/** @param der the whole certificate. @throws Fault CERTIFICATE_UNREADABLE */
export function readCertificateStructure(der: Uint8Array): CertificateStructure {
  const [toBeSigned, algorithm] = childrenOf(readDer(der))
  const fields = toBeSigned ? childrenOf(toBeSigned) : []
  const [, , issuer, , subject, publicKey, ...rest] = fields[0]?.tag === versionTag ? fields.slice(1) : fields
  if (!algorithm || !issuer || !subject || !publicKey) {
    throw new Fault('CERTIFICATE_UNREADABLE', 'The certificate is damaged: it ends before its public key.')
  }
  return {
    issuer,
    subject,
    publicKey: publicKey.bytes,
    extensions: readExtensions(rest.find((field) => field.tag === extensionsTag)),
    weakSignature: isWeak(algorithm),
  }
}

function readExtensions(field: DerNode | undefined): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  const [list] = field ? childrenOf(field) : []
  for (const extension of list ? childrenOf(list) : []) {
    const [id, ...rest] = childrenOf(extension)
    const value = rest.find((part) => part.tag === tags.octetString)
    if (id && value) found.set(objectIdentifierOf(id), value.content)
  }
  return found
}

/** OIDs of SHA-1 and MD5 with RSA, DSA and ECDSA. */
const weakAlgorithms = new Set([
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
  '1.3.14.3.2.29',
])
const pss = '1.2.840.113549.1.1.10'
const pssHashTag = 0xa0

function isWeak(algorithm: DerNode): boolean {
  const [id, parameters] = childrenOf(algorithm)
  const oid = id ? objectIdentifierOf(id) : ''
  if (oid !== pss) return weakAlgorithms.has(oid)
  // RFC 4055 section 3.1: a PSS signature that names no hash uses SHA-1.
  return !(parameters && childrenOf(parameters).some((part) => part.tag === pssHashTag))
}

const extendedKeyUsage = '2.5.29.37'
const clientAuth = '1.3.6.1.5.5.7.3.2'
const anyPurpose = '2.5.29.37.0'

/** Whether the certificate names client authentication, or any purpose, in its extended key usage (RFC 5280 section 4.2.1.12). */
export function namesClientAuthentication({ extensions }: CertificateStructure): boolean {
  const usage = extensions.get(extendedKeyUsage)
  if (!usage) return false
  const [list] = elementsIn(usage)
  const purposes = list ? childrenOf(list).map(objectIdentifierOf) : []
  return purposes.includes(clientAuth) || purposes.includes(anyPurpose)
}
