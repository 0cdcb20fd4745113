/** Distinguished names as what they mean: a sequence of attributes, whatever text form they were written in. */
import { childrenOf, type DerValue, derTags, derText, oidText, readDer } from '#sandbox/pki/der.ts'

interface Attribute {
  /** Dotted object identifier. */
  readonly type: string
  readonly value: string
}

/** Relative names in the order of the certificate; each usually has one attribute. */
export type DistinguishedName = readonly (readonly Attribute[])[]

/** Every spelling in use for an attribute, the first being the one shown. */
const attributeNames: Readonly<Record<string, readonly string[]>> = {
  '2.5.4.3': ['CN', 'commonName'],
  '2.5.4.4': ['SN', 'surname'],
  '2.5.4.5': ['serialNumber'],
  '2.5.4.6': ['C', 'countryName'],
  '2.5.4.7': ['L', 'localityName'],
  '2.5.4.8': ['ST', 'S', 'stateOrProvinceName'],
  '2.5.4.9': ['STREET', 'street', 'streetAddress'],
  '2.5.4.10': ['O', 'organizationName'],
  '2.5.4.11': ['OU', 'organizationalUnitName'],
  '2.5.4.12': ['T', 'title'],
  '2.5.4.17': ['postalCode'],
  '2.5.4.42': ['G', 'GN', 'givenName'],
  '2.5.4.97': ['organizationIdentifier', 'OI'],
  '0.9.2342.19200300.100.1.1': ['UID', 'userId'],
  '0.9.2342.19200300.100.1.25': ['DC', 'domainComponent'],
  '1.2.840.113549.1.9.1': ['emailAddress', 'E', 'email'],
}

const typeByName = new Map(
  Object.entries(attributeNames).flatMap(([type, names]) => names.map((name) => [name.toLowerCase(), type] as const)),
)

/** Also takes the number itself, with or without the prefix that Java writes. */
function typeOf(name: string): string | null {
  const number = /^(?:OID\.)?(\d+(?:\.\d+)+)$/i.exec(name)?.[1]
  return number ?? typeByName.get(name.toLowerCase()) ?? null
}

/** caseIgnoreMatch of RFC 4518: case and the amount of white space do not count. */
const normalised = (value: string): string => value.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

const textOf = (value: DerValue): string => derText(value) ?? `#${value.content.toString('hex')}`

function attributeOf(value: DerValue): Attribute | null {
  const [type, content] = childrenOf(value)
  return type?.tag === derTags.oid && content ? { type: oidText(type.content), value: textOf(content) } : null
}

/** @param der a Name of RFC 5280 section 4.1.2.4. */
export function nameFromDer(der: Buffer): DistinguishedName {
  const [sequence] = readDer(der) ?? []
  if (sequence?.tag !== derTags.sequence) return []
  return childrenOf(sequence).map((set) => childrenOf(set).flatMap((one) => attributeOf(one) ?? []))
}

/** Value after `=`: hexadecimal BER behind `#`, else text with its escapes (RFC 4514 section 2.4 and 3). */
function readValue(text: string): string | null {
  if (text.startsWith('#')) {
    if (!/^#([0-9a-f]{2})+$/i.test(text)) return null
    const [value, ...rest] = readDer(Buffer.from(text.slice(1), 'hex')) ?? []
    return value && rest.length === 0 ? textOf(value) : null
  }
  // Escaped bytes are UTF-8 and may be parts of one character, so they are put together as bytes first.
  const bytes: Buffer[] = []
  for (const [part, hex, special] of text.matchAll(/\\([0-9a-f]{2})|\\(.)|[^\\]+|\\$/gis)) {
    if (part === '\\') return null
    bytes.push(hex ? Buffer.from(hex, 'hex') : Buffer.from(special ?? part))
  }
  return Buffer.concat(bytes).toString('utf8')
}

/** Parts between separators that no backslash escapes. */
const splitUnescaped = (text: string, separators: RegExp): string[] =>
  text
    .replace(/\\.|[\s\S]/g, (token) => (separators.test(token) ? '\0' : token))
    .split('\0')
    // An escaped blank at the end of a value belongs to it.
    .map((part) => part.trimStart().replace(/(?<!\\)\s+$/, ''))

function readAttribute(text: string): Attribute | null {
  const [, name = '', raw = ''] = /^\s*([\w.-]+)\s*=\s*(.*)$/s.exec(text) ?? []
  const type = typeOf(name)
  const value = readValue(raw)
  return type && value !== null ? { type, value } : null
}

/** RFC 2253 and its successor RFC 4514, also with numbers for attributes and blanks as Java writes them; null where it is neither. */
export function parseCommaForm(text: string): DistinguishedName | null {
  const parts = splitUnescaped(text, /^[,;]$/).map((part) => splitUnescaped(part, /^\+$/).map(readAttribute))
  const complete = parts.every((attributes) => attributes.every((attribute) => attribute !== null))
  // The text begins with the last part of the name.
  return complete ? (parts.toReversed() as Attribute[][]) : null
}

const keyOf = (attributes: readonly Attribute[]): string =>
  attributes
    .map(({ type, value }) => `${type}=${normalised(value)}`)
    .sort()
    .join('\0')

export const sameName = (one: DistinguishedName, other: DistinguishedName): boolean =>
  one.length === other.length && one.every((attributes, index) => keyOf(attributes) === keyOf(other[index] ?? []))

/** OpenSSL writes bytes outside ASCII as `\xC3\x85`. */
const unescapeOneLine = (text: string): string =>
  text.replace(/(?:\\x[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('\\x', ''), 'hex').toString('utf8'))

/**
 * Whether a text in OpenSSL's one-line form (`/C=RO/O=A/S/CN=Web CA`) is this name.
 * The form does not escape its own separator, so it is compared along the name instead of being parsed.
 */
export function isOneLineForm(text: string, name: DistinguishedName): boolean {
  let rest = normalised(unescapeOneLine(text))
  for (const { type, value } of name.flat()) {
    const spellings = [type, ...(attributeNames[type] ?? [])].map((each) => each.toLowerCase())
    const wanted = normalised(value)
    const found = spellings.flatMap((spelling) => [`/${spelling}=${wanted}`, `+${spelling}=${wanted}`])
    const start = found.find((each) => rest.startsWith(each))
    if (start === undefined) return false
    rest = rest.slice(start.length)
  }
  return rest === ''
}

const escaped = (value: string): string => value.replace(/[,+"\\<>;]/g, '\\$&')

/** RFC 4514 form, for people. */
export const commaForm = (name: DistinguishedName): string =>
  name
    .toReversed()
    .map((attributes) =>
      attributes.map(({ type, value }) => `${attributeNames[type]?.[0] ?? type}=${escaped(value)}`).join('+'),
    )
    .join(',')
