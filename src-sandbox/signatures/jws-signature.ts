/** Judges the detached JWS of a request over its HTTP headers, as the bank's profile of it asks for. */
import { headerOf, type Received } from '#sandbox/net/answer.ts'
import { type CertificateVerdict, judgeCertificate, type TrustStore } from '#sandbox/pki/certificate-verdict.ts'
import type { PresentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import type { SandboxSignature } from '#shared/sandbox-protocol.ts'
import { dateObstacle } from './date-header.ts'
import { type DigestAlgorithm, digestObstacle } from './digest-header.ts'
import { type JwsHeader, readDetachedJws } from './jws-header.ts'
import { jwsAlgorithms } from './jws-verify.ts'

export interface DetachedJwsExpectation {
  /** Name of the header with the signature. */
  readonly header: string
  readonly algorithms: readonly string[]
  /** Names that `sigD` must list, in any order, lower case. */
  readonly required: readonly string[]
  readonly digests: readonly DigestAlgorithm[]
}

export type JwsVerdict =
  | 'good'
  | 'absent'
  | 'malformed'
  | 'certificate-absent'
  | `certificate-${Exclude<CertificateVerdict, 'good' | 'missing'>}`
  | 'thumbprint-differs'
  | 'header-not-signed'
  | 'header-absent'
  | 'algorithm-not-accepted'
  | 'digest-differs'
  | 'time-off'
  | 'not-verifying'

export interface JwsJudgement {
  readonly verdict: JwsVerdict
  readonly reason: string
  readonly certificate: PresentedCertificate | null
  /** The same for the log. */
  readonly trace: SandboxSignature
}

type Outcome = Pick<JwsJudgement, 'verdict' | 'reason'>

export interface JwsJudge {
  readonly trust: TrustStore
  /** Milliseconds since 1970 on the clock that signing time, Date and certificate are held against. */
  readonly now: number
}

const widestSeconds = 60

/** What a signed name stands for; node has joined repeated headers already. */
function sentValue(received: Received, name: string): string | undefined {
  if (name === '(request-target)') return `${received.method.toLowerCase()} ${received.target}`
  const value = received.headers[name]
  return (Array.isArray(value) ? value.join(', ') : value)?.replace(/^[ \t]+|[ \t]+$/g, '')
}

/** RFC 7797 section 3: the header as sent, a dot, and the payload as it is: here the lines of the signed headers. */
function signingInput(received: Received, { encoded, signed }: JwsHeader): { text: string } | { absent: string } {
  const absent = signed.find((name) => sentValue(received, name) === undefined)
  if (absent !== undefined) return { absent }
  return { text: `${encoded}.${signed.map((name) => `${name}: ${sentValue(received, name)}`).join('\n')}` }
}

function certificateOutcome(header: JwsHeader, { trust, now }: JwsJudge): Outcome | null {
  const { certificate, thumbprint } = header
  if (!certificate) return { verdict: 'certificate-absent', reason: 'x-jws-signature carries no certificate (x5c)' }
  if (thumbprint !== null && thumbprint !== certificate.thumbprint)
    return { verdict: 'thumbprint-differs', reason: 'x5t#S256 is not the digest of the first certificate of x5c' }
  const { verdict, reason } = judgeCertificate(certificate, trust, now)
  return verdict === 'good' || verdict === 'missing' ? null : { verdict: `certificate-${verdict}`, reason }
}

function timeOutcome(received: Received, { signedAt }: JwsHeader, now: number): Outcome | null {
  const date = headerOf(received, 'date') === undefined ? null : dateObstacle(received, now)
  if (date) return { verdict: 'time-off', reason: date }
  const seconds = signedAt === null ? 0 : Math.round((now - signedAt) / 1000)
  if (Math.abs(seconds) <= widestSeconds) return null
  return { verdict: 'time-off', reason: `the request was signed ${seconds} s ago; ${widestSeconds} s are allowed` }
}

function cryptographicOutcome(header: JwsHeader, text: string, accepted: readonly string[]): Outcome {
  const { algorithm, certificate, signature } = header
  const known = accepted.includes(algorithm) ? jwsAlgorithms[algorithm] : undefined
  const key = certificate?.leaf.publicKey
  if (!known) return { verdict: 'algorithm-not-accepted', reason: `alg ${algorithm} is not ${accepted.join(' or ')}` }
  if (!key || !known.fits(key))
    return { verdict: 'algorithm-not-accepted', reason: `alg ${algorithm} does not fit the key of the certificate` }
  return known.verifies(key, Buffer.from(text, 'latin1'), signature)
    ? { verdict: 'good', reason: 'the signature verifies' }
    : { verdict: 'not-verifying', reason: 'the signature does not verify over the signed headers as they arrived' }
}

function judge(received: Received, expected: DetachedJwsExpectation, by: JwsJudge, header: JwsHeader): Outcome {
  const certificate = certificateOutcome(header, by)
  if (certificate) return certificate
  const unsigned = expected.required.filter((name) => !header.signed.includes(name))
  if (unsigned.length > 0) return { verdict: 'header-not-signed', reason: `sigD does not list ${unsigned.join(', ')}` }
  const input = signingInput(received, header)
  if ('absent' in input)
    return { verdict: 'header-absent', reason: `sigD lists ${input.absent}, which the request does not have` }
  const digest = digestObstacle(received, expected.digests)
  if (digest) return { verdict: 'digest-differs', reason: digest }
  const time = timeOutcome(received, header, by.now)
  return time ?? cryptographicOutcome(header, input.text, expected.algorithms)
}

export function judgeDetachedJws(received: Received, expected: DetachedJwsExpectation, by: JwsJudge): JwsJudgement {
  const value = headerOf(received, expected.header)
  const conclude = ({ verdict, reason }: Outcome, header: JwsHeader | null): JwsJudgement => {
    const input = header ? signingInput(received, header) : null
    const trace: SandboxSignature = {
      verdict,
      reason,
      keyId: null,
      algorithm: header?.algorithm ?? null,
      signingString: input && 'text' in input ? input.text : null,
      certificate: header?.certificate?.sha256 ?? null,
    }
    return { verdict, reason, certificate: header?.certificate ?? null, trace }
  }
  if (value === undefined || value === '')
    return conclude({ verdict: 'absent', reason: `there is no ${expected.header} header` }, null)
  const read = readDetachedJws(value)
  if ('malformed' in read)
    return conclude({ verdict: 'malformed', reason: `${expected.header} is no detached JWS: ${read.malformed}` }, null)
  return conclude(judge(received, expected, by, read.header), read.header)
}
