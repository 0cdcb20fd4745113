/** Writes and reads distinguished names in the forms keyIds have, to tell which name and which form one is. */
import { oneLineName, rfc2253Name } from '../issuer-name.ts'
import type { Names } from './debug-request.ts'

export interface NameAttribute {
  readonly type: string
  readonly value: string
}

/** Types by their OID, as RFC 4514 and OpenSSL abbreviate them. */
const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.97': 'organizationIdentifier',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
}
const oidOf = new Map(Object.entries(shortNames).map(([oid, name]) => [name.toLowerCase(), oid]))

/** For people: in the order of the certificate. */
export const attributesOf = (names: Names): NameAttribute[] =>
  names.flat().map(({ oid, value, der }) => ({
    type: shortNames[oid] ?? oid,
    value: value ?? `#${Buffer.from(der).toString('hex')}`,
  }))

/** Text of a DER string written as hex (RFC 2253 section 2.4); strings shorter than 128 bytes, which names are. */
function fromHex(value: string): string {
  const bytes = /^#(?:[0-9a-f]{2})+$/i.test(value) ? Buffer.from(value.slice(1), 'hex') : null
  return bytes !== null && bytes.length >= 2 && bytes[1] === bytes.length - 2
    ? bytes.subarray(2).toString('utf8')
    : value
}

const unescaped = (value: string): string =>
  value
    .replace(/((?:\\x[0-9a-f]{2})+)/gi, (all) => Buffer.from(all.replaceAll(/\\x/gi, ''), 'hex').toString('utf8'))
    .replace(/\\(.)/g, '$1')

/** Splits at a separator that no backslash precedes. */
function splitAt(text: string, separators: string): string[] {
  const parts = ['']
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!
    if (character === '\\') parts[parts.length - 1] += character + (text[++at] ?? '')
    else if (separators.includes(character)) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

export const isOneLine = (text: string): boolean => text.startsWith('/')

/** In the order written. */
export function parseName(text: string): NameAttribute[] {
  const parts = isOneLine(text) ? splitAt(text.slice(1), '/+') : splitAt(text, ',+')
  return parts.flatMap((part) => {
    const equals = part.indexOf('=')
    if (equals < 1) return []
    const type = part.slice(0, equals).trim()
    return [{ type: shortNames[type] ?? type, value: fromHex(unescaped(part.slice(equals + 1).trim())) }]
  })
}

const key = ({ type, value }: NameAttribute): string =>
  `${oidOf.get(type.toLowerCase()) ?? type.toLowerCase()}=${fromHex(value).toLowerCase().replace(/\s+/g, ' ').trim()}`

/** How a written name stands to one of a certificate. */
export function compareName(text: string, names: Names): 'same' | 'reversed' | 'shuffled' | 'other' {
  const written = parseName(text).map(key)
  const own = attributesOf(names).map(key)
  // RFC 2253 writes the last of the certificate first.
  const order = isOneLine(text) ? own : own.toReversed()
  if (written.join('\0') === order.join('\0')) return 'same'
  if (written.toReversed().join('\0') === order.join('\0')) return 'reversed'
  return written.length > 0 && written.toSorted().join('\0') === own.toSorted().join('\0') ? 'shuffled' : 'other'
}

export const forms = {
  'serial-issuer-one-line': {
    label: 'DN',
    write: oneLineName,
    oneLine: true,
    what: "OpenSSL's one line, /type=value/…",
  },
  'serial-issuer-rfc2253': { label: 'CA', write: rfc2253Name, oneLine: false, what: 'RFC 2253, type=value,…' },
} as const
