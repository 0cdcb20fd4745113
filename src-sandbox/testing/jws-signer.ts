/** Signs a request with a detached JWS as a TPP would, with nothing but node:crypto, so that what the sandbox verifies was not made by itself. */
import { constants, createHash, sign, X509Certificate } from 'node:crypto'
import type { SigningIdentity } from './http-signer.ts'

export type JwsAlgorithm = 'RS256' | 'PS256' | 'ES256'

export interface JwsOptions {
  readonly algorithm?: JwsAlgorithm
  /** Names that are signed, in this order. */
  readonly signed?: readonly string[]
  /** Over the fields of the protected header. */
  readonly fields?: Readonly<Record<string, unknown>>
}

const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url')

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

function signature(algorithm: JwsAlgorithm, key: string, input: string): Buffer {
  const bytes = Buffer.from(input, 'latin1')
  if (algorithm === 'ES256') return sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })
  if (algorithm === 'RS256') return sign('sha256', bytes, { key, padding: constants.RSA_PKCS1_PADDING })
  return sign('sha256', bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
}

/** @returns Digest and x-jws-signature for these headers (lower-case names) and this body. */
export function jwsHeaders(
  { key, certificate }: SigningIdentity,
  headers: Readonly<Record<string, string>>,
  body: string,
  { algorithm = 'ES256', signed = ['digest', 'x-request-id'], fields = {} }: JwsOptions = {},
): Record<string, string> {
  const digest = `SHA-256=${createHash('sha256').update(body).digest('base64')}`
  const chain = (certificate.match(pemBlock) ?? []).map((pem) => new X509Certificate(pem).raw)
  const [leaf] = chain
  const sent: Record<string, string> = { ...headers, digest }
  const protectedHeader = base64url(
    JSON.stringify({
      alg: algorithm,
      b64: false,
      crit: ['sigT', 'sigD', 'b64'],
      x5c: chain.slice(0, -1).map((der) => der.toString('base64')),
      ...(leaf && { 'x5t#S256': createHash('sha256').update(leaf).digest('base64url') }),
      sigT: `${new Date().toISOString().slice(0, 19)}Z`,
      sigD: { pars: signed, mId: 'http://uri.etsi.org/19182/HttpHeaders' },
      ...fields,
    }),
  )
  const input = `${protectedHeader}.${signed.map((name) => `${name}: ${sent[name] ?? ''}`).join('\n')}`
  return { digest, 'x-jws-signature': `${protectedHeader}..${base64url(signature(algorithm, key, input))}` }
}
