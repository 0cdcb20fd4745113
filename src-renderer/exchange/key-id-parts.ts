/** Takes a keyId apart: the serial number and the issuer's name, attribute by attribute, in either of the forms banks ask for. */

export interface KeyIdParts {
  /** Hexadecimal, as written. */
  readonly serial: string
  /** `DN` or `CA`: how the bank calls what follows. */
  readonly label: string
  /** Type and value, in the order written. */
  readonly issuer: readonly (readonly [type: string, value: string])[]
}

const attribute = /^\s*([A-Za-z0-9.]+)=([\s\S]*)$/

/** A backslash keeps the next character from being a separator (RFC 4514 section 2.4). */
const separated = (name: string, separator: '/' | ','): string[] =>
  name.split(separator === '/' ? /(?<!\\)\/(?=[A-Za-z0-9.]+=)/ : /(?<!\\),(?=\s*[A-Za-z0-9.]+=)/).filter(Boolean)

/** null for a keyId of another make. */
export function keyIdParts(keyId: string): KeyIdParts | null {
  const [, serial, label, name] = /^SN=([0-9A-Fa-f]+),(DN|CA)=([\s\S]*)$/.exec(keyId) ?? []
  if (serial === undefined || label === undefined || name === undefined) return null
  const issuer = separated(name, name.startsWith('/') ? '/' : ',').map((part) => {
    const [, type, value] = attribute.exec(part) ?? []
    return [type ?? '', value ?? part] as const
  })
  return { serial, label, issuer }
}
