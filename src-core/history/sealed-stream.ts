/** A file of sealed chunks that can be read from any place: AES-256-GCM, bound to its exchange, to its order and to its end. */
import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Fault } from '#shared/fault.ts'
import type { DataKey } from './sealed-content.ts'

/*
 * Layout, version 1: version 1 | key id 8 | salt 16 | chunks. A chunk is 64 kB of text (the last one less) and its tag of
 * 16 bytes. Each file has a key of its own (HKDF-SHA256 over the history's key with the salt), so that a nonce may be the
 * number of the chunk; its last byte marks the last chunk, and a file that was cut off does not open.
 */
const version = 1
const saltAt = 9
export const headLength = 25
const tagLength = 16
const chunkSize = 64 * 1024
const sealedSize = chunkSize + tagLength

const damaged = (exchange: string, cause?: unknown): Fault =>
  new Fault(
    'SECRET_DAMAGED',
    'The body of this exchange does not open: it was changed or damaged.',
    { exchange },
    cause,
  )

const keyOfFile = ({ key }: DataKey, head: Buffer, exchange: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key as KeyObject, head.subarray(saltAt), `tpp-workbench body\0${exchange}`, 32))

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(index, 4)
  nonce[11] = last ? 1 : 0
  return nonce
}

export interface SealedWriter {
  /** In order; resolves when written. */
  append(bytes: Buffer): Promise<void>
  /** Durable once it resolves. @returns bytes that were appended */
  finish(): Promise<number>
  /** Closes the file; whoever made it removes it. */
  abandon(): Promise<void>
}

/** @param path of a file that does not exist yet; it gets mode 0600 */
export async function createSealedStream(path: string, exchange: string, key: DataKey): Promise<SealedWriter> {
  const head = Buffer.concat([Buffer.of(version), key.id, randomBytes(headLength - saltAt)])
  const own = keyOfFile(key, head, exchange)
  const file = await open(path, 'wx', 0o600)
  let waiting: Buffer = Buffer.alloc(0)
  let index = 0
  let size = 0
  const write = async (chunk: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(index, last), { authTagLength: tagLength }).setAAD(head)
    index += 1
    await writeAll(file, Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]))
  }
  const abandon = async () => {
    own.fill(0)
    await file.close()
  }
  try {
    await writeAll(file, head)
  } catch (error) {
    await abandon()
    throw error
  }
  return {
    async append(bytes) {
      size += bytes.length
      waiting = Buffer.concat([waiting, bytes])
      // One is always kept back: only the end tells which is the last.
      while (waiting.length > chunkSize) {
        await write(waiting.subarray(0, chunkSize), false)
        waiting = waiting.subarray(chunkSize)
      }
    },
    async finish() {
      await write(waiting, true)
      await file.sync()
      await abandon()
      return size
    },
    abandon,
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length; ) written += (await file.write(bytes, written)).bytesWritten
}

/** Bytes of the text in a file of this length. */
const sizeOfText = (length: number): number => {
  const sealed = length - headLength
  return sealed - Math.ceil(sealed / sealedSize) * tagLength
}

async function readAt(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, start)
  return buffer.subarray(0, bytesRead)
}

/** @throws Fault SECRET_DAMAGED, SECRET_SWAPPED (sealed with another key), DATA_NEWER; ENOENT as it comes */
export async function readSealedStream(
  path: string,
  exchange: string,
  key: DataKey,
  start: number,
  length: number,
): Promise<{ bytes: Buffer; size: number }> {
  const file = await open(path, 'r')
  try {
    const head = await readAt(file, 0, headLength)
    if (head.length < headLength) throw damaged(exchange)
    if (head[0] !== version)
      throw new Fault('DATA_NEWER', 'The body of this exchange was sealed by a newer version.', { exchange })
    if (!key.id.equals(head.subarray(1, saltAt))) {
      const message = 'The body of this exchange was sealed with a key that is not in this key store.'
      throw new Fault('SECRET_SWAPPED', message, { exchange })
    }
    const whole = (await file.stat()).size
    const size = sizeOfText(whole)
    const lastChunk = Math.ceil((whole - headLength) / sealedSize) - 1
    const own = keyOfFile(key, head, exchange)
    const from = Math.min(Math.max(0, start), Math.max(0, size))
    const to = Math.min(size, from + Math.max(0, length))
    const first = Math.floor(from / chunkSize)
    const chunks: Buffer[] = []
    for (let index = first; index * chunkSize < to; index += 1) {
      const sealed = await readAt(file, headLength + index * sealedSize, sealedSize)
      chunks.push(unseal(sealed, own, head, nonceOf(index, index === lastChunk), exchange))
    }
    own.fill(0)
    const offset = from - first * chunkSize
    return { bytes: Buffer.concat(chunks).subarray(offset, offset + (to - from)), size }
  } finally {
    await file.close()
  }
}

function unseal(sealed: Buffer, key: Buffer, head: Buffer, nonce: Buffer, exchange: string): Buffer {
  if (sealed.length < tagLength) throw damaged(exchange)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(head)
    decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagLength)), decipher.final()])
  } catch (cause) {
    throw damaged(exchange, cause)
  }
}
