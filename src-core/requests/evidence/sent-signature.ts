/** Verifies the signature of a request as it was sent, with the certificate it carries or the one of the connection. */
import { constants, type KeyObject, verify, X509Certificate } from 'node:crypto'
import type { SigningProfile } from '#shared/signing-profile.ts'
import { type HeaderPairs, headerOf } from '../call-facts.ts'
import { certificateIn } from './certificate.ts'

export interface SentRequest {
  readonly method: string
  readonly url: string
  readonly headers: HeaderPairs
}

/** What became of verifying: `problem` ends a sentence that begins with the signature; null where it verifies. */
export interface Verified {
  readonly problem: string | null
  /** As the header states it. */
  readonly keyId: string | null
  readonly certificate: X509Certificate | null
}

const failed = (problem: string, rest: Partial<Verified> = {}): Verified => ({
  problem,
  keyId: null,
  certificate: null,
  ...rest,
})

/** The lines a signature covers (draft-cavage-http-signatures-10 section 2.3); the name of a header that is missing otherwise. */
function coveredLines(
  names: readonly string[],
  { method, url, headers }: SentRequest,
): { text: string } | { missing: string } {
  const target = new URL(url)
  const lines: string[] = []
  for (const name of names) {
    const derived = name === '(request-target)' ? `${method.toLowerCase()} ${target.pathname}${target.search}` : null
    const value = derived ?? headerOf(headers, name) ?? (name === 'host' ? target.host : null)
    if (value === null) return { missing: name }
    lines.push(`${name}: ${value}`)
  }
  return { text: lines.join('\n') }
}

const httpAlgorithms: Readonly<Record<string, string>> = {
  'rsa-sha256': 'sha256',
  'rsa-sha512': 'sha512',
  'ecdsa-sha256': 'sha256',
}

/** Parameters of a Signature header, out of its encoded-word (RFC 2047) where it is in one. */
export function signatureParameters(value: string): Readonly<Record<string, string>> {
  const word = /^=\?utf-8\?B\?([A-Za-z0-9+/=]+)\?=$/i.exec(value)?.[1]
  const text = word === undefined ? value : Buffer.from(word, 'base64').toString('utf8')
  return Object.fromEntries(Array.from(text.matchAll(/(\w+)="([^"]*)"/g), ([, name, found]) => [name!, found!]))
}

/** Parameters that have to be there. */
export const missingParameters = (parameters: Readonly<Record<string, string>>): string[] =>
  ['keyId', 'algorithm', 'headers', 'signature'].filter((name) => (parameters[name] ?? '') === '')

function verifyHttpSignature(
  request: SentRequest,
  profile: Extract<SigningProfile, { scheme: 'http-signature' }>,
): Verified {
  const parameters = signatureParameters(headerOf(request.headers, 'signature') ?? '')
  const keyId = parameters.keyId ?? null
  const certificate = certificateIn(
    headerOf(request.headers, profile.certificate.header) ?? '',
    profile.certificate.form,
  )
  const [absent] = missingParameters(parameters)
  if (absent !== undefined) return failed(`has no ${absent}`, { keyId, certificate })
  const hash = httpAlgorithms[parameters.algorithm!]
  if (hash === undefined)
    return failed(`names the algorithm ${parameters.algorithm}, which is none of the scheme`, { keyId })
  if (certificate === null)
    return failed(`cannot be verified: ${profile.certificate.header} holds no certificate`, { keyId })
  const lines = coveredLines(parameters.headers!.split(' '), request)
  if ('missing' in lines)
    return failed(`covers ${lines.missing}, which the request does not have`, { keyId, certificate })
  const fits = attempt(() =>
    verify(
      hash,
      Buffer.from(lines.text, 'latin1'),
      certificate.publicKey,
      Buffer.from(parameters.signature!, 'base64'),
    ),
  )
  return { problem: fits ? null : 'does not verify with the certificate sent', keyId, certificate }
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
const jwsAlgorithms: Readonly<Record<string, object>> = { RS256: {}, PS256: pss, ES256: { dsaEncoding: 'ieee-p1363' } }

interface JoseHeader {
  readonly alg?: string
  readonly x5c?: readonly string[]
  readonly sigD?: { readonly pars?: readonly string[] }
}

/** The JOSE header of a detached JWS (RFC 7515 appendix F); null where it is none. */
export function joseHeaderOf(value: string): JoseHeader | null {
  const [encoded = '', payload, signature] = value.split('.')
  if (payload !== '' || signature === undefined || signature === '') return null
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as JoseHeader
  } catch {
    return null
  }
}

function verifyJws(request: SentRequest, name: string): Verified {
  const value = headerOf(request.headers, name) ?? ''
  const header = joseHeaderOf(value)
  if (header === null) return failed('is no detached JWS')
  const options = jwsAlgorithms[header.alg ?? '']
  if (options === undefined) return failed(`names the algorithm ${header.alg ?? '-'}, which is none of the scheme`)
  const lines = coveredLines(header.sigD?.pars ?? [], request)
  if ('missing' in lines) return failed(`covers ${lines.missing}, which the request does not have`)
  const leaf = header.x5c?.[0]
  const certificate = leaf === undefined ? null : attempt(() => new X509Certificate(Buffer.from(leaf, 'base64')))
  if (certificate === null || certificate === false) return failed('carries no certificate to verify it with')
  const [encoded, , signature = ''] = value.split('.')
  const input = Buffer.from(`${encoded}.${lines.text}`, 'latin1')
  const key: KeyObject = certificate.publicKey
  const fits = attempt(() => verify('sha256', input, { key, ...options }, Buffer.from(signature, 'base64url')))
  return { problem: fits ? null : 'does not verify with the certificate in it', keyId: null, certificate }
}

/** False where OpenSSL refuses the key for the algorithm. */
function attempt<Result>(work: () => Result): Result | false {
  try {
    return work()
  } catch {
    return false
  }
}

/** null where the bank's scheme has no signature. */
export function verifySent(request: SentRequest, profile: SigningProfile): Verified | null {
  if (profile.scheme === 'http-signature') return verifyHttpSignature(request, profile)
  return profile.scheme === 'detached-jws' ? verifyJws(request, profile.header) : null
}
