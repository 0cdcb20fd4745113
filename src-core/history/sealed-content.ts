/** Seals what an exchange holds of bodies with AES-256-GCM, bound to its exchange, so that rows cannot be swapped unnoticed. */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import type { Explanation } from '#shared/contract/exchange.ts'
import { Fault } from '#shared/fault.ts'

/** The key of the history, and the name it goes by in what it sealed. */
export interface DataKey {
  /** 8 bytes. */
  readonly id: Buffer
  readonly key: KeyObject
}

/** What is kept sealed: the bodies, and what quotes them. */
export interface Content {
  readonly request: string | null
  readonly response: string
  /** Of each explanation. */
  readonly evidence: readonly (readonly string[])[]
  /** What the causes were judged by; left out by versions before there was such. */
  readonly judged?: readonly Pick<Explanation, 'causes' | 'contradicted'>[]
}

/* Layout, version 1: version 1 | key id 8 | nonce 12 | ciphertext | tag 16. The exchange's id and the first 9 bytes are authenticated. */
const version = 1
const nonceAt = 9
const textAt = 21
const tagLength = 16

const aad = (head: Uint8Array, exchange: string): Buffer =>
  Buffer.concat([Buffer.from('tpp-workbench history\0', 'latin1'), head, Buffer.from(exchange, 'utf8')])

const nonceLength = textAt - nonceAt
const noncesAtOnce = 64
let drawn = Buffer.alloc(0)

/** Each is random and used once; asked for one by one, half the time of sealing goes into asking. */
function freshNonce(): Buffer {
  if (drawn.length === 0) drawn = randomBytes(nonceLength * noncesAtOnce)
  const nonce = drawn.subarray(0, nonceLength)
  drawn = drawn.subarray(nonceLength)
  return nonce
}

export const sealText = (text: string, exchange: string, { id, key }: DataKey): Buffer => {
  const head = Buffer.concat([Buffer.of(version), id])
  const nonce = freshNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(aad(head, exchange))
  return Buffer.concat([head, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

export const sealContent = (content: Content, exchange: string, key: DataKey): Buffer =>
  sealText(JSON.stringify(content), exchange, key)

const damaged = (exchange: string, cause?: unknown): Fault =>
  new Fault(
    'SECRET_DAMAGED',
    'The bodies of this exchange do not open: they were changed or damaged.',
    { exchange },
    cause,
  )

/** @throws Fault SECRET_SWAPPED (sealed with another key), SECRET_DAMAGED, DATA_NEWER */
export function unsealContent(sealed: Uint8Array, exchange: string, { id, key }: DataKey): Content {
  if (sealed[0] !== version) {
    if (sealed.length < textAt + tagLength) throw damaged(exchange)
    throw new Fault('DATA_NEWER', 'The bodies of this exchange were sealed by a newer version.', { exchange })
  }
  if (sealed.length < textAt + tagLength) throw damaged(exchange)
  if (!id.equals(sealed.subarray(1, nonceAt))) {
    const message = 'The bodies of this exchange were sealed with a key that is not in this key store.'
    throw new Fault('SECRET_SWAPPED', message, { exchange })
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(nonceAt, textAt), {
      authTagLength: tagLength,
    }).setAAD(aad(sealed.subarray(0, nonceAt), exchange))
    decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
    const text = decipher.update(sealed.subarray(textAt, sealed.length - tagLength))
    return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8')) as Content
  } catch (cause) {
    throw damaged(exchange, cause)
  }
}
