/** Reads which certificate a token says it is bound to (RFC 8705 section 3): of a JWT, or of the answer that brought it. */
import { claimsOf } from './token-claims.ts'

const thumbprintName = 'x5t#S256'

/** Base64url of 32 bytes as lower-case hexadecimal; null for anything else. */
function hexOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]{43}=?$/.test(value)) return null
  return Buffer.from(value, 'base64url').toString('hex')
}

function confirmationOf(claims: unknown): string | null {
  const confirmation = (claims as { cnf?: Record<string, unknown> } | null)?.cnf
  return typeof confirmation === 'object' && confirmation !== null ? hexOf(confirmation[thumbprintName]) : null
}

/**
 * SHA-256 of the certificate, lower-case hexadecimal; null where neither says anything. Nothing is verified: the bank
 * decides, this is what it will look at.
 * @param answer the token answer, which a server may put `cnf` into as introspection would have it.
 */
export const boundCertificate = (token: string, answer: unknown = null): string | null =>
  confirmationOf(claimsOf(token)) ?? confirmationOf(answer)
