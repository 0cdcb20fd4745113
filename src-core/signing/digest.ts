/** Values of the Digest header (RFC 3230, algorithms of RFC 5843): the hash of the exact bytes of a body. */
import { hash } from 'node:crypto'

export type DigestAlgorithm = 'SHA-256' | 'SHA-512'

const hashes: Record<DigestAlgorithm, string> = { 'SHA-256': 'sha256', 'SHA-512': 'sha512' }

/** @param body null is hashed like a body of no bytes. */
export const digestOf = (algorithm: DigestAlgorithm, body: Uint8Array | null): string =>
  `${algorithm}=${hash(hashes[algorithm], body ?? Buffer.alloc(0), 'base64')}`
