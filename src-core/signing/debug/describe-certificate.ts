/** A certificate as the debugger shows it. */
import type { X509Certificate } from 'node:crypto'
import type { SignatureReport } from '#shared/contract/signature-debug.ts'
import type { Names, ReadNames } from './debug-request.ts'
import { attributesOf } from './name-text.ts'
import { describeKey } from './verify-bytes.ts'

export interface Owner {
  readonly certificate: X509Certificate
  readonly issuer: Names
  readonly subject: Names
}

/** null for a certificate whose names cannot be read. */
export function ownerOf(certificate: X509Certificate | null, readNames: ReadNames): Owner | null {
  if (certificate === null) return null
  try {
    return { certificate, ...readNames(certificate.raw) }
  } catch {
    return null
  }
}

const isoTime = (text: string): string => new Date(text).toISOString()

export function describeCertificate(
  owner: Owner | null,
  from: NonNullable<SignatureReport['certificate']>['from'],
): SignatureReport['certificate'] {
  if (owner === null) return null
  const { certificate, issuer, subject } = owner
  return {
    from,
    subject: attributesOf(subject),
    issuer: attributesOf(issuer),
    serialHex: certificate.serialNumber,
    serialDecimal: BigInt(`0x${certificate.serialNumber}`).toString(),
    notBefore: isoTime(certificate.validFrom),
    notAfter: isoTime(certificate.validTo),
    sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    key: describeKey(certificate.publicKey),
  }
}
