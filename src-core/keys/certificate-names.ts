/** The names of any certificate, as what judges a signature wants them: relative names in their order, values with their DER. */
import type { RequestSigner } from '#core/signing/signing-scheme.ts'
import { readCertificateStructure } from './certificate-structure.ts'
import { type DerNode, textOf } from './der.ts'
import { relativeNames } from './distinguished-name.ts'

type Names = RequestSigner['issuer']

const namesOf = (name: DerNode): Names =>
  relativeNames(name).map((attributes) =>
    attributes.map(({ oid, value }) => ({ oid, value: textOf(value), der: value.bytes })),
  )

/** @param der the whole certificate. @throws Fault CERTIFICATE_UNREADABLE */
export function certificateNames(der: Uint8Array): { readonly issuer: Names; readonly subject: Names } {
  const { issuer, subject } = readCertificateStructure(der)
  return { issuer: namesOf(issuer), subject: namesOf(subject) }
}
