/** Packs and reads the few D-Bus messages we exchange (D-Bus specification 0.43, "Message Protocol"); no I/O. */

export const messageTypes = { call: 1, reply: 2, error: 3, signal: 4 } as const

export interface BusMessage {
  readonly type: number
  readonly serial: number
  /** Serial of the call it answers. */
  readonly to?: number
  readonly destination?: string
  readonly path?: string
  readonly interface?: string
  readonly member?: string
  readonly error?: string
  readonly body?: readonly BusValue[]
}

/** The types we need: string, object path, array of object paths, boolean, variant holding a boolean. */
export type BusValue =
  | { readonly type: 's' | 'o'; readonly value: string }
  | { readonly type: 'ao'; readonly value: readonly string[] }
  | { readonly type: 'b' | 'v'; readonly value: boolean }

/** What is read back: a value of a type we do not know ends the list. */
type Unpacked = BusValue['value']

/** Codes and types of the header fields we write and read. */
const fields = [
  ['path', 1, 'o'],
  ['interface', 2, 's'],
  ['member', 3, 's'],
  ['error', 4, 's'],
  ['to', 5, 'u'],
  ['destination', 6, 's'],
] as const
const signatureField = 8

const align = (offset: number, to: number): number => Math.ceil(offset / to) * to

/** Appends values at the alignment D-Bus gives their type. */
class Packer {
  readonly #bytes: number[] = []

  pad(to: number): this {
    while (this.#bytes.length % to !== 0) this.#bytes.push(0)
    return this
  }
  byte(...values: number[]): this {
    this.#bytes.push(...values)
    return this
  }
  uint32(value: number): this {
    return this.pad(4).byte(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24)
  }
  string(value: string): this {
    const text = Buffer.from(value)
    return this.uint32(text.length).byte(...text, 0)
  }
  signature(value: string): this {
    return this.byte(value.length, ...Buffer.from(value), 0)
  }
  value(item: BusValue): this {
    if (item.type === 'v') this.signature('b')
    if (typeof item.value === 'boolean') return this.uint32(Number(item.value))
    if (typeof item.value === 'string') return this.string(item.value)
    const inner = new Packer()
    for (const path of item.value) inner.string(path)
    return this.uint32(inner.bytes().length).byte(...inner.bytes())
  }
  bytes(): Buffer {
    return Buffer.from(this.#bytes)
  }
}

export function packMessage(message: BusMessage): Buffer {
  const items = message.body ?? []
  const body = new Packer()
  for (const item of items) body.value(item)
  const head = new Packer()
  for (const [name, code, type] of fields) {
    const value = message[name]
    if (value === undefined) continue
    head.pad(8).byte(code).signature(type)
    if (typeof value === 'number') head.uint32(value)
    else head.string(value)
  }
  if (items.length > 0) {
    const signature = items.map(({ type }) => type).join('')
    head.pad(8).byte(signatureField).signature('g').signature(signature)
  }
  // 'l' little-endian, no flags, protocol version 1.
  const start = new Packer().byte(0x6c, message.type, 0, 1).uint32(body.bytes().length).uint32(message.serial)
  start.uint32(head.bytes().length).byte(...head.bytes())
  return Buffer.concat([start.pad(8).bytes(), body.bytes()])
}

export type IncomingMessage = Omit<BusMessage, 'body'> & { readonly body: readonly Unpacked[] }

/** @returns the first message in `buffer` and its length in bytes, or null when it is not complete yet. */
export function unpackMessage(buffer: Buffer): { message: IncomingMessage; length: number } | null {
  if (buffer.length < 16) return null
  const uint32 = (at: number): number => (buffer[0] === 0x6c ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at))
  const fieldsEnd = 16 + uint32(12)
  const bodyAt = align(fieldsEnd, 8)
  const length = bodyAt + uint32(4)
  if (buffer.length < length) return null
  const text = (at: number): string => buffer.toString('utf8', at + 4, at + 4 + uint32(at))
  const found: Record<string, string | number> = {}
  let signature = ''
  for (let at = 16; at < fieldsEnd; ) {
    at = align(at, 8)
    const name = fields.find(([, code]) => code === buffer[at])?.[0]
    const type = String.fromCharCode(buffer[at + 2] ?? 0)
    // Every header field has a type of one letter: code, length 1, letter, NUL, then the value.
    at += 4
    if (type === 'g') {
      signature = buffer.toString('latin1', at + 1, at + 1 + (buffer[at] ?? 0))
      at += signature.length + 2
    } else {
      if (name) found[name] = type === 'u' ? uint32(at) : text(at)
      at += type === 'u' ? 4 : 5 + uint32(at)
    }
  }
  const body = unpackBody(buffer, bodyAt, signature, uint32, text)
  return { message: { type: buffer[1] ?? 0, serial: uint32(8), ...found, body }, length }
}

function unpackBody(
  buffer: Buffer,
  start: number,
  signature: string,
  uint32: (at: number) => number,
  text: (at: number) => string,
): Unpacked[] {
  const values: Unpacked[] = []
  let at = start
  for (const type of signature.match(/ao|./g) ?? []) {
    if (type === 'v') {
      if (buffer.toString('latin1', at, at + 3) !== '\x01b\0') return values
      at += 3
    }
    at = align(at, 4)
    if (type === 's' || type === 'o') {
      values.push(text(at))
      at += 5 + uint32(at)
    } else if (type === 'ao') {
      const end = at + 4 + uint32(at)
      const paths: string[] = []
      for (at += 4; at < end; at = align(at + 5 + uint32(at), 4)) paths.push(text(at))
      values.push(paths)
      at = end
    } else if (type === 'b' || type === 'v') {
      values.push(uint32(at) === 1)
      at += 4
    } else return values
  }
  return values
}
