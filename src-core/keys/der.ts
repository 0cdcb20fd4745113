/** Reads and writes the little ASN.1 DER (ITU-T X.690) that certificates and QCStatements need, strictly and without a library. */
import { Fault } from '#shared/fault.ts'

export interface DerNode {
  /** Identifier octet: class, constructed bit and number. */
  readonly tag: number
  /** Content octets. */
  readonly content: Uint8Array
  /** Header and content. */
  readonly bytes: Uint8Array
}

export const tags = {
  boolean: 0x01,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
} as const

const malformed = (why: string): Fault =>
  new Fault('CERTIFICATE_UNREADABLE', `The certificate is damaged: its ASN.1 has ${why}.`)

/** Reads the element at the start of `bytes`; what follows it is left alone. @throws Fault CERTIFICATE_UNREADABLE */
export function readDer(bytes: Uint8Array): DerNode {
  const tag = bytes[0]
  const first = bytes[1]
  if (tag === undefined || first === undefined) throw malformed('an element without a length')
  if ((tag & 0x1f) === 0x1f) throw malformed('a tag number no certificate uses')
  let length = first
  let start = 2
  if (first & 0x80) {
    const count = first & 0x7f
    if (count === 0 || count > 4) throw malformed('a length that is not DER')
    start += count
    if (bytes.length < start) throw malformed('a length that is cut off')
    length = bytes.subarray(2, start).reduce((sum, byte) => sum * 256 + byte, 0)
  }
  const end = start + length
  if (end > bytes.length) throw malformed('an element that is cut off')
  return { tag, content: bytes.subarray(start, end), bytes: bytes.subarray(0, end) }
}

/** The elements inside a constructed one. @throws Fault CERTIFICATE_UNREADABLE */
export function childrenOf(node: DerNode): DerNode[] {
  if (!isConstructed(node)) throw malformed('a plain value where a structure belongs')
  return elementsIn(node.content)
}

/** The elements of `bytes`, one after the other. @throws Fault CERTIFICATE_UNREADABLE */
export function elementsIn(bytes: Uint8Array): DerNode[] {
  const found: DerNode[] = []
  for (let rest = bytes; rest.length > 0; ) {
    const node = readDer(rest)
    found.push(node)
    rest = rest.subarray(node.bytes.length)
  }
  return found
}

export const isConstructed = (node: DerNode): boolean => (node.tag & 0x20) !== 0

/** Dotted form of an OBJECT IDENTIFIER. @throws Fault CERTIFICATE_UNREADABLE */
export function objectIdentifierOf(node: DerNode): string {
  if (node.tag !== tags.objectIdentifier || node.content.length === 0) throw malformed('no object identifier')
  const arcs: number[] = []
  let arc = 0
  let open = false
  for (const byte of node.content) {
    arc = arc * 128 + (byte & 0x7f)
    if (arc > Number.MAX_SAFE_INTEGER) throw malformed('an object identifier that is too long')
    open = (byte & 0x80) !== 0
    if (open) continue
    arcs.push(arc)
    arc = 0
  }
  if (open) throw malformed('an object identifier that is cut off')
  const joined = arcs[0]!
  const top = Math.min(2, Math.floor(joined / 40))
  return [top, joined - top * 40, ...arcs.slice(1)].join('.')
}

const decoders: Record<number, (content: Uint8Array) => string> = {
  [tags.utf8String]: (content) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content),
  // NumericString, PrintableString, T61String, IA5String, VisibleString: one byte a character.
  18: latin1,
  19: latin1,
  20: latin1,
  22: latin1,
  26: latin1,
  // UniversalString: four bytes a character.
  28: (content) => {
    const view = new DataView(content.buffer, content.byteOffset, content.length)
    return Array.from({ length: content.length / 4 }, (_, i) => String.fromCodePoint(view.getUint32(i * 4))).join('')
  },
  // BMPString: UTF-16, big end first.
  30: (content) => Buffer.from(content).swap16().toString('utf16le'),
}

function latin1(content: Uint8Array): string {
  return Buffer.from(content).toString('latin1')
}

/** Text of any ASN.1 string type; null where the element is no string or its bytes do not decode. */
export function textOf(node: DerNode): string | null {
  try {
    return decoders[node.tag]?.(node.content) ?? null
  } catch {
    return null
  }
}

/** One element around the given parts. */
export function encodeDer(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content])
  const length: number[] = []
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256)
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length, ...length), content])
}

export const sequence = (...parts: Uint8Array[]): Buffer => encodeDer(tags.sequence, ...parts)

export const utf8String = (text: string): Buffer => encodeDer(tags.utf8String, Buffer.from(text, 'utf8'))

/** @param dotted for example `1.3.6.1.5.5.7.1.3`. */
export function objectIdentifier(dotted: string): Buffer {
  const [top = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const octets = [top * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift(0x80 | (left % 128))
    return groups
  })
  return encodeDer(tags.objectIdentifier, Buffer.from(octets))
}
