/** The bytes of one secret sealed with AES-256-GCM, so that damage, a swap and a rollback are told apart. */

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { Fault } from '#shared/fault.ts'

/** Who the file belongs to. All of it is authenticated (AAD), none of it is secret. */
export interface SealedName {
  /** 16 bytes: one vault, or the keychain. */
  readonly store: Uint8Array
  /** The secret's id, UTF-8. */
  readonly id: string
  /** 16 random bytes, fresh for every write: what the entry or the index points at. */
  readonly generation: Uint8Array
}

/** Gives the key for one file from its salt; throws when the store was locked meanwhile. The result is overwritten after use. */
export type FileKey = (salt: Uint8Array) => Buffer

/*
 * Layout, version 1:
 *   magic 7 | version 1 | store 16 | generation 16 | salt 32 | nonce 12 | id length 1 | id | checksum 8 | ciphertext | tag 16
 * The checksum protects nothing: it tells a header that was damaged from the intact header of another secret.
 */
const byte = (value: number): Uint8Array => Uint8Array.of(value)
const magic = Buffer.from('TPPSEAL', 'latin1')
const version = 1
const idAt = 85
const checksumLength = 8
const tagLength = 16

/** HKDF-SHA-256 (RFC 5869) to 32 bytes. @param purpose keeps keys of different uses apart. */
export const subkey = (key: Uint8Array, salt: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `tpp-workbench ${purpose}`, 32))

export function seal(name: SealedName, secret: Uint8Array, fileKey: FileKey): Buffer {
  const id = Buffer.from(name.id)
  const salt = randomBytes(32)
  const nonce = randomBytes(12)
  const head = Buffer.concat([magic, byte(version), name.store, name.generation, salt, nonce, byte(id.length), id])
  const header = Buffer.concat([head, checksum(head)])
  const key = fileKey(salt)
  try {
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(header)
    return Buffer.concat([header, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
  } finally {
    key.fill(0)
  }
}

/**
 * @param expected `generation: null` accepts any (the index of a vault, which nothing points at).
 * @throws Fault SECRET_DAMAGED, SECRET_SWAPPED (intact header of another id or store), SECRET_STALE (another generation), DATA_NEWER
 */
export function unseal(
  file: Uint8Array,
  expected: Omit<SealedName, 'generation'> & { readonly generation: Uint8Array | null },
  fileKey: FileKey,
): Buffer {
  const { header, name, salt, nonce } = readHeader(file, expected.id)
  if (name.id !== expected.id || !name.store.equals(expected.store)) throw refused('SECRET_SWAPPED', expected.id)
  if (expected.generation && !name.generation.equals(expected.generation)) throw refused('SECRET_STALE', expected.id)
  const key = fileKey(salt)
  let secret: Buffer | undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(header)
    decipher.setAuthTag(file.subarray(file.length - tagLength))
    secret = decipher.update(file.subarray(header.length, file.length - tagLength))
    decipher.final()
    return secret
  } catch (error) {
    secret?.fill(0)
    throw refused('SECRET_DAMAGED', expected.id, error)
  } finally {
    key.fill(0)
  }
}

function readHeader(bytes: Uint8Array, id: string) {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = idAt + (file[idAt - 1] ?? 0)
  const header = file.subarray(0, end + checksumLength)
  const intact =
    file.length >= end + checksumLength + tagLength &&
    file.subarray(0, 7).equals(magic) &&
    checksum(file.subarray(0, end)).equals(file.subarray(end, end + checksumLength))
  if (!intact) throw refused('SECRET_DAMAGED', id)
  if (file[7] !== version)
    throw new Fault('DATA_NEWER', `The sealed secret ${id} was written by a newer version.`, { id })
  return {
    header,
    name: { store: file.subarray(8, 24), generation: file.subarray(24, 40), id: file.toString('utf8', idAt, end) },
    salt: file.subarray(40, 72),
    nonce: file.subarray(72, 84),
  }
}

const checksum = (head: Uint8Array): Buffer => createHash('sha256').update(head).digest().subarray(0, checksumLength)

const sentences = {
  SECRET_DAMAGED: 'does not open: its file was changed or damaged',
  SECRET_SWAPPED: 'does not open: its file belongs to another secret or another key store',
  SECRET_STALE: 'does not open: its file is an older copy of itself',
  SECRET_ABSENT: 'cannot be opened: its file is gone',
} as const

/** The file is never touched by a refusal, so that a backup can still be compared with it. */
export const refused = (code: keyof typeof sentences, id: string, cause?: unknown): Fault =>
  new Fault(
    code,
    `The secret ${id} ${sentences[code]}. Nothing was changed; restore the folder from a backup or import the key again.`,
    { id },
    cause,
  )
