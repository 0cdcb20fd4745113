/** Reads off a certificate what people and the send path need to know: once at import, so that nothing else decodes ASN.1. */
import type { X509Certificate } from 'node:crypto'
import type { z } from 'zod'
import { identityDetailSchema } from '#shared/contract/keys.ts'
import { Fault, isFault } from '#shared/fault.ts'
import { issued } from './certificate-chain.ts'
import {
  type CertificateStructure,
  namesClientAuthentication,
  readCertificateStructure,
} from './certificate-structure.ts'
import { nameAttribute, nameToText, organizationIdentifierOid } from './distinguished-name.ts'
import { describeKey } from './private-key.ts'
import { decodeQcStatements, type QualificationFound, qcStatementsOid } from './qc-statements.ts'
import { type Warning, warning } from './warning.ts'

/** Everything of an identity's view that follows from its certificates; warnings that depend on the clock are not among them. */
export const certificateFactsSchema = identityDetailSchema.omit({ id: true, name: true, keyState: true })
export type CertificateFacts = z.infer<typeof certificateFactsSchema>

export const sha256Of = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase()

/** @param chain issuing certificates, leaf's issuer first. @throws Fault CERTIFICATE_UNREADABLE */
export function certificateFacts(leaf: X509Certificate, chain: readonly X509Certificate[]): CertificateFacts {
  try {
    const structure = readCertificateStructure(leaf.raw)
    const qualification = decodeQcStatements(structure.extensions.get(qcStatementsOid) ?? null)
    const organizationIdentifier = nameAttribute(structure.subject, organizationIdentifierOid)
    return {
      ...entryOf(leaf),
      kind: qualification.kind,
      organizationIdentifier,
      key: describeKey(leaf.publicKey),
      roles: qualification.roles,
      authority: qualification.authority,
      chain: chain.map(entryOf),
      warnings: [
        ...qualification.warnings,
        ...identifierWarnings(organizationIdentifier),
        ...structureWarnings(structure, qualification),
        ...chainWarnings(leaf, chain),
      ],
    }
  } catch (error) {
    if (isFault(error)) throw error
    throw new Fault('CERTIFICATE_UNREADABLE', 'The certificate is damaged: parts of it do not decode.', {}, error)
  }
}

function entryOf(certificate: X509Certificate): CertificateFacts['chain'][number] {
  const { issuer, subject } = readCertificateStructure(certificate.raw)
  return {
    subject: nameToText(subject),
    issuer: nameToText(issuer),
    serial: certificate.serialNumber.toUpperCase(),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    sha256: sha256Of(certificate),
  }
}

/** ETSI TS 119 495 section 5.2.1: PSD, country, hyphen, authority, hyphen, the authority's own number. */
function identifierWarnings(identifier: string | null): Warning[] {
  if (identifier === null) return [warning('organization-identifier-missing')]
  return /^PSD[A-Z]{2}-[A-Z]{2,8}-./.test(identifier) ? [] : [warning('organization-identifier-unusual', [identifier])]
}

function structureWarnings(structure: CertificateStructure, { kind }: QualificationFound): Warning[] {
  const found: Warning[] = []
  if (structure.weakSignature) found.push(warning('weak-signature'))
  if (kind === 'QWAC' && !namesClientAuthentication(structure)) found.push(warning('client-auth-missing'))
  return found
}

function chainWarnings(leaf: X509Certificate, chain: readonly X509Certificate[]): Warning[] {
  if (issued(leaf, leaf)) return [warning('self-signed')]
  return chain.length === 0 ? [warning('chain-incomplete')] : []
}

const day = 24 * 60 * 60 * 1000

/** @param now milliseconds since 1970. */
export function clockWarnings(
  { notBefore, notAfter }: { notBefore: string; notAfter: string },
  now: number,
): Warning[] {
  const left = Date.parse(notAfter) - now
  if (left < 0) return [warning('expired')]
  if (now < Date.parse(notBefore)) return [warning('not-yet-valid')]
  if (left <= day) return [warning('expires-in-1-day')]
  if (left <= 7 * day) return [warning('expires-in-7-days')]
  return left <= 30 * day ? [warning('expires-in-30-days')] : []
}
