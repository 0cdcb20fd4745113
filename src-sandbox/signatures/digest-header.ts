/** Holds the Digest header (RFC 3230, RFC 5843) against the body, byte for byte. */
import { createHash } from 'node:crypto'
import { headerOf, type Received } from '#sandbox/net/answer.ts'

export const digestAlgorithms = { 'SHA-256': 'sha256', 'SHA-512': 'sha512' } as const
export type DigestAlgorithm = keyof typeof digestAlgorithms

const emptyBody = Buffer.alloc(0)

const digest = (algorithm: DigestAlgorithm, bytes: Buffer): string =>
  createHash(digestAlgorithms[algorithm]).update(bytes).digest('base64')

/** Null where the header is a digest of this body; otherwise why not. */
export function digestObstacle(received: Received, accepted: readonly DigestAlgorithm[]): string | null {
  const header = headerOf(received, 'digest')
  if (!header) return 'there is no Digest header'
  let verified = false
  for (const instance of header.split(/\s*,\s*/)) {
    const at = instance.indexOf('=')
    const algorithm = accepted.find((name) => name === instance.slice(0, at).toUpperCase())
    if (at < 1) return 'Digest is not algorithm=base64'
    // RFC 3230 section 4.3.2: digests by other algorithms may stand beside and are skipped.
    if (!algorithm) continue
    const sent = instance.slice(at + 1)
    const own = digest(algorithm, received.body)
    if (sent !== own) {
      const empty = received.body.length > 0 && sent === digest(algorithm, emptyBody)
      return `Digest says ${sent}; the ${received.body.length} bytes of the body have ${own}${empty ? '. It is the digest of an empty body' : ''}`
    }
    verified = true
  }
  return verified ? null : `Digest has none of ${accepted.join(', ')}`
}
