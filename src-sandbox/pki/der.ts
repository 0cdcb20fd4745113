/** Reads DER (X.690): tag, length and content of one value after the other. */

export interface DerValue {
  /** Identifier octet; the multi-byte form does not occur in certificates. */
  readonly tag: number
  readonly content: Buffer
}

export const derTags = { integer: 0x02, bitString: 0x03, oid: 0x06, utf8: 0x0c, sequence: 0x30, set: 0x31 } as const

/** @returns null where the bytes are no DER. */
function readOne(bytes: Buffer, at: number): { value: DerValue; next: number } | null {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) return null
  const more = first < 0x80 ? 0 : first & 0x7f
  // Four bytes of length are more than any request can hold; zero would be the indefinite form, which is not DER.
  if (first === 0x80 || more > 4) return null
  const start = at + 2 + more
  if (start > bytes.length) return null
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more)
  const next = start + length
  return next > bytes.length ? null : { value: { tag, content: bytes.subarray(start, next) }, next }
}

/** All values that stand one behind the other; null where a byte does not fit. */
export function readDer(bytes: Buffer): DerValue[] | null {
  const values: DerValue[] = []
  for (let at = 0; at < bytes.length; ) {
    const read = readOne(bytes, at)
    if (!read) return null
    values.push(read.value)
    at = read.next
  }
  return values
}

/** The values inside a SEQUENCE, SET or explicit tag; empty where they cannot be read. */
export const childrenOf = ({ content }: DerValue): DerValue[] => readDer(content) ?? []

/** Dotted form of an object identifier's content. */
export function oidText(content: Buffer): string {
  const parts: bigint[] = []
  let value = 0n
  for (const byte of content) {
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) {
      parts.push(value)
      value = 0n
    }
  }
  const first = parts.shift() ?? 0n
  const top = first < 40n ? 0n : first < 80n ? 1n : 2n
  return [top, first - top * 40n, ...parts].join('.')
}

/** Text of one of the string types of X.520, by its tag. */
export function derText({ tag, content }: DerValue): string | null {
  switch (tag) {
    case derTags.utf8:
      return content.toString('utf8')
    // PrintableString, IA5String, NumericString, VisibleString
    case 0x13:
    case 0x16:
    case 0x12:
    case 0x1a:
      return content.toString('latin1')
    // T61String, which everybody writes as ISO 8859-1
    case 0x14:
      return content.toString('latin1')
    // BMPString
    case 0x1e:
      return content.length % 2 === 0 ? Buffer.from(content).swap16().toString('utf16le') : null
    default:
      return null
  }
}

/** One value with its definite length in as few bytes as it needs. */
export function writeDer(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const digits = content.length.toString(16)
  const long = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
  const length = content.length < 0x80 ? Buffer.from([content.length]) : Buffer.from([0x80 | long.length, ...long])
  return Buffer.concat([Buffer.from([tag]), length, content])
}
