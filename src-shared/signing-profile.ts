/** How a bank wants its requests signed: names are keys of tables in core, the rest are their parameters. */
import { z } from 'zod'

const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'Not a header name (RFC 9110 section 5.1).')
/** A header, or method and target of the request (draft-cavage-10 section 2.3). */
const lowerCaseName = z.union([
  z.literal('(request-target)'),
  headerName.refine((name) => name === name.toLowerCase(), 'Listed in lower case.'),
])

/** draft-cavage-http-signatures-10. */
const httpSignatureSchema = z.strictObject({
  scheme: z.literal('http-signature'),
  /** The first one the key can do is used. */
  algorithms: z.array(z.enum(['rsa-sha256', 'rsa-sha512', 'ecdsa-sha256'])).min(1),
  /**
   * Key of core's table of keyId recipes. `serial-issuer-one-line`: `SN=<hex>,DN=/<issuer, OpenSSL one-line form>`.
   * `serial-issuer-rfc2253`: `SN=<hex>,CA=<issuer, RFC 2253 form>`.
   */
  keyId: z.enum(['serial-issuer-one-line', 'serial-issuer-rfc2253']),
  /** Names in the order of the signing string; one that is in neither list is not signed. */
  signedHeaders: z.array(lowerCaseName).min(1),
  /** Names of `signedHeaders` that count only when the request has them. */
  whenPresent: z.array(lowerCaseName).default([]),
  /** What stands before `keyId=`, such as the scheme word `Signature `. */
  prefix: z.string().default(''),
  /** RFC 3230 and 5843. Made over the exact bytes of the body, of the empty string where there is none. */
  digest: z.enum(['SHA-256', 'SHA-512']),
  /** Header with the signing certificate: base64 of its DER, or of its PEM text. */
  certificate: z.strictObject({ header: headerName, form: z.enum(['base64-der', 'base64-pem']) }),
  /** What happens to a value that is not ASCII: one RFC 2047 encoded-word around all of it, or a refusal. */
  nonAscii: z.enum(['rfc2047', 'refuse']),
})

/** Detached JWS (RFC 7515 appendix F, RFC 7797) over the headers named in `sigD`. */
const detachedJwsSchema = z.strictObject({
  scheme: z.literal('detached-jws'),
  header: headerName,
  algorithms: z.array(z.enum(['RS256', 'PS256', 'ES256'])).min(1),
  signedHeaders: z.array(lowerCaseName).min(1),
  digest: z.enum(['SHA-256', 'SHA-512']),
  /** Where the signing certificate goes in the protected header. */
  certificate: z.array(z.enum(['x5c', 'x5t#S256'])).min(1),
})

export const signingProfileSchema = z.discriminatedUnion('scheme', [
  z.strictObject({ scheme: z.literal('none') }),
  httpSignatureSchema,
  detachedJwsSchema,
])

/** Headers signing adds to a request that does not have them, in lower case. */
export function headersOfSigning(profile: z.infer<typeof signingProfileSchema>): string[] {
  if (profile.scheme === 'none') return []
  const computed = ['date', 'digest'].filter((name) => profile.signedHeaders.includes(name))
  if (profile.scheme === 'detached-jws') return [...computed, profile.header.toLowerCase()]
  return [...computed, 'signature', profile.certificate.header.toLowerCase()]
}

export type SigningProfile = z.infer<typeof signingProfileSchema>
export type SigningSchemeName = SigningProfile['scheme']
export type HttpSignatureProfile = z.infer<typeof httpSignatureSchema>
export type DetachedJwsProfile = z.infer<typeof detachedJwsSchema>
