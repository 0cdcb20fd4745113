/** A file that only the process which wrote it can read: AES-256-CTR under a key that never leaves its memory. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'

export interface SealedFile {
  /** Appends; resolves when written. */
  append(chunk: Buffer): Promise<void>
  /** Bytes of the plain text; shorter at the end of the file. */
  read(start: number, length: number): Promise<Buffer>
  /** Forgets the key: what is on disk is noise from then on. */
  close(): Promise<void>
}

const block = 16
const counterEnd = 1n << 128n

/** The counter after `blocks` blocks (SP 800-38A: one big-endian number of 128 bits). */
function counterAt(iv: Buffer, blocks: number): Buffer {
  const value = (BigInt(`0x${iv.toString('hex')}`) + BigInt(blocks)) % counterEnd
  return Buffer.from(value.toString(16).padStart(2 * block, '0'), 'hex')
}

/** @param path of a file that does not exist yet; it gets mode 0600 */
export async function createSealedFile(path: string): Promise<SealedFile> {
  const key = randomBytes(32)
  const iv = randomBytes(block)
  const cipher = createCipheriv('aes-256-ctr', key, iv)
  const file: FileHandle = await open(path, 'wx+', 0o600)
  return {
    async append(chunk) {
      const sealed = cipher.update(chunk)
      let written = 0
      while (written < sealed.length) written += (await file.write(sealed, written)).bytesWritten
    },
    async read(start, length) {
      const before = start % block
      const buffer = Buffer.alloc(before + length)
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start - before)
      const decipher = createDecipheriv('aes-256-ctr', key, counterAt(iv, (start - before) / block))
      return decipher.update(buffer.subarray(0, bytesRead)).subarray(before)
    },
    async close() {
      key.fill(0)
      await file.close()
    },
  }
}
