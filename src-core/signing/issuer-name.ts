/** Writes the issuer of a certificate in the two text forms that keyIds have: OpenSSL's one line, and RFC 2253 as Java writes it. */
import type { IssuerAttribute, RequestSigner } from './signing-scheme.ts'

type Issuer = RequestSigner['issuer']

/** Names of OpenSSL 3 for the attributes that certificates carry. */
const opensslNames: Record<string, string> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.13': 'description',
  '2.5.4.15': 'businessCategory',
  '2.5.4.16': 'postalAddress',
  '2.5.4.17': 'postalCode',
  '2.5.4.41': 'name',
  '2.5.4.42': 'GN',
  '2.5.4.43': 'initials',
  '2.5.4.44': 'generationQualifier',
  '2.5.4.45': 'x500UniqueIdentifier',
  '2.5.4.46': 'dnQualifier',
  '2.5.4.65': 'pseudonym',
  '2.5.4.97': 'organizationIdentifier',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.3.6.1.4.1.311.60.2.1.1': 'jurisdictionL',
  '1.3.6.1.4.1.311.60.2.1.2': 'jurisdictionST',
  '1.3.6.1.4.1.311.60.2.1.3': 'jurisdictionC',
}

/** Content octets of a DER value. */
function contentOf(der: Uint8Array): Uint8Array {
  const first = der[1] ?? 0
  return der.subarray(2 + (first & 0x80 ? first & 0x7f : 0))
}

/** X509_NAME_oneline of OpenSSL 3: bytes that are not printable ASCII as \xHH, a slash or plus with a backslash before it. */
const oneLineValue = ({ der }: IssuerAttribute): string =>
  Array.from(contentOf(der), (byte) => {
    const character = String.fromCharCode(byte)
    if (character === '/' || character === '+') return `\\${character}`
    if (byte >= 0x20 && byte <= 0x7e) return character
    return `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')

/** `/type=value/…` in the order of the certificate. ASCII, whatever the name holds. */
export const oneLineName = (issuer: Issuer): string =>
  issuer
    .map((attributes) => {
      const parts = attributes.map(
        (attribute) => `${opensslNames[attribute.oid] ?? attribute.oid}=${oneLineValue(attribute)}`,
      )
      return `/${parts.join('+')}`
    })
    .join('')

/** RFC 2253 section 2.3; types beyond these are written as their OID. */
const rfc2253Names: Record<string, string> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
}

/** RFC 2253 section 2.4. Java escapes = and every #, which the section allows and does not ask for. */
const rfc2253Value = (text: string): string =>
  text
    .replace(/[,=+<>#;"\\]/g, '\\$&')
    .replace(/^ +| +$/g, (spaces) => spaces.replaceAll(' ', '\\ '))
    .replaceAll('\0', '\\00')

function rfc2253Attribute({ oid, value, der }: IssuerAttribute): string {
  const name = rfc2253Names[oid]
  if (name === undefined || value === null) return `${name ?? oid}=#${Buffer.from(der).toString('hex')}`
  return `${name}=${rfc2253Value(value)}`
}

/** `type=value,…`, the last of the certificate first, as X500Principal.getName("RFC2253") has it. Not ASCII when the name is not. */
export const rfc2253Name = (issuer: Issuer): string =>
  issuer
    .toReversed()
    .map((attributes) => attributes.map(rfc2253Attribute).join('+'))
    .join(',')
