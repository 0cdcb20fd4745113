/** Writes an X.501 name as RFC 4514 has it: last RDN first, special characters escaped, UTF-8 kept readable. */
import { childrenOf, type DerNode, objectIdentifierOf, textOf } from './der.ts'

export const organizationIdentifierOid = '2.5.4.97'

/** Short names of RFC 4514 section 3 and, beyond it, those that qualified certificates carry. */
const shortNames: Record<string, string> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.15': 'businessCategory',
  '2.5.4.16': 'postalAddress',
  '2.5.4.17': 'postalCode',
  '2.5.4.42': 'givenName',
  '2.5.4.65': 'pseudonym',
  [organizationIdentifierOid]: 'organizationIdentifier',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.3.6.1.4.1.311.60.2.1.1': 'jurisdictionL',
  '1.3.6.1.4.1.311.60.2.1.2': 'jurisdictionST',
  '1.3.6.1.4.1.311.60.2.1.3': 'jurisdictionC',
}

interface Attribute {
  readonly oid: string
  readonly value: DerNode
}

/** RDNs in the order of the certificate, each with its attributes. @throws Fault CERTIFICATE_UNREADABLE */
export const relativeNames = (name: DerNode): Attribute[][] =>
  childrenOf(name).map((relative) =>
    childrenOf(relative).flatMap((pair) => {
      const [type, value] = childrenOf(pair)
      return type && value ? [{ oid: objectIdentifierOf(type), value }] : []
    }),
  )

/** @throws Fault CERTIFICATE_UNREADABLE */
export const nameToText = (name: DerNode): string =>
  relativeNames(name)
    .reverse()
    .map((attributes) => attributes.map(attributeToText).join('+'))
    .join(',')

/** The first value of an attribute; null where the name has none or it is no text. @throws Fault CERTIFICATE_UNREADABLE */
export function nameAttribute(name: DerNode, oid: string): string | null {
  const found = relativeNames(name)
    .flat()
    .find((attribute) => attribute.oid === oid)
  const text = found ? textOf(found.value) : null
  return text === null ? null : displayable(text)
}

function attributeToText({ oid, value }: Attribute): string {
  const short = shortNames[oid]
  const text = textOf(value)
  // RFC 4514 section 2.4: a type without a short name, and a value that is no string, is written as the hex of its BER.
  if (short === undefined || text === null) return `${short ?? oid}=#${Buffer.from(value.bytes).toString('hex')}`
  return `${short}=${escaped(text)}`
}

// Control characters and those that turn the writing direction could forge what a terminal or a window shows.
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

const escaped = (text: string): string =>
  text
    .replace(/["+,;<>\\]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replace(invisible, (character) =>
      Array.from(Buffer.from(character, 'utf8'), (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join(''),
    )

/** Text of a certificate, made safe to show: what cannot be seen becomes U+FFFD. */
export const displayable = (text: string): string => text.replace(invisible, '\ufffd')
