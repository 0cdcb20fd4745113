/** Judges the signature of a request after draft-cavage-http-signatures-10, as the bank's profile of it asks for. */
import { constants, type KeyObject, verify } from 'node:crypto'
import { headerOf, type Received } from '#sandbox/net/answer.ts'
import { type CertificateVerdict, judgeCertificate, type TrustStore } from '#sandbox/pki/certificate-verdict.ts'
import type { PresentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import type { SandboxSignature } from '#shared/sandbox-protocol.ts'
import { type CertificateForm, readCertificateHeader } from './certificate-header.ts'
import { type CertificateKind, kindOf } from './certificate-kind.ts'
import { dateObstacle } from './date-header.ts'
import { type DigestAlgorithm, digestObstacle } from './digest-header.ts'
import { judgeKeyId, type KeyIdForm } from './key-id.ts'
import { readSignatureHeader, type SignatureHeaderForm, type SignatureParameters } from './signature-header.ts'
import { readable, signingStringOf } from './signing-string.ts'

export interface HttpSignatureProfile extends KeyIdForm, SignatureHeaderForm {
  /** Names that `headers` must list, in any order. */
  readonly required: readonly string[]
  /** Names it must list too where the request has them. */
  readonly whenPresent: readonly string[]
  readonly algorithms: readonly string[]
  readonly digests: readonly DigestAlgorithm[]
  readonly certificateForms: readonly CertificateForm[]
  readonly certificateKinds: readonly CertificateKind[]
}

export type SignatureVerdict =
  | 'good'
  | 'certificate-missing'
  | 'certificate-unreadable'
  | `certificate-${Exclude<CertificateVerdict, 'good' | 'missing'>}`
  | 'certificate-wrong-kind'
  | 'signature-missing'
  | 'signature-malformed'
  | 'header-not-signed'
  | 'key-id-malformed'
  | 'key-id-differs'
  | 'algorithm-not-accepted'
  | 'digest-differs'
  | 'date-off'
  | 'header-absent'
  | 'not-verifying'

export interface SignatureJudgement {
  readonly verdict: SignatureVerdict
  readonly reason: string
  /** The certificate that was sent, if it could be read. */
  readonly certificate: PresentedCertificate | null
  /** The same for the log. */
  readonly trace: SandboxSignature
}

/** What is known so far; the log shows it wherever the judgement ended. */
interface Facts {
  certificate: PresentedCertificate | null
  parameters: SignatureParameters | null
  signingString: string | null
}

interface Outcome {
  readonly verdict: SignatureVerdict
  readonly reason: string
}

export interface Judge {
  readonly trust: TrustStore
  /** Milliseconds since 1970 on the clock that Date and certificate are held against. */
  readonly now: number
}

function certificateOutcome(
  received: Received,
  profile: HttpSignatureProfile,
  { trust, now }: Judge,
  facts: Facts,
): Outcome | null {
  const sent = readCertificateHeader(received, profile.certificateForms)
  if ('missing' in sent)
    return { verdict: 'certificate-missing', reason: 'there is no TPP-Signature-Certificate header' }
  if ('unreadable' in sent) return { verdict: 'certificate-unreadable', reason: sent.unreadable }
  facts.certificate = sent.certificate
  const { verdict, reason } = judgeCertificate(sent.certificate, trust, now)
  if (verdict !== 'good') return { verdict: `certificate-${verdict}`, reason }
  const kind = kindOf(sent.certificate.leaf)
  if (profile.certificateKinds.includes(kind)) return null
  const wanted = profile.certificateKinds.join(' or ')
  return {
    verdict: 'certificate-wrong-kind',
    reason: `the signing certificate is ${kind === 'none' ? 'neither QWAC nor QSEAL' : `a ${kind}`}, not a ${wanted}`,
  }
}

function headerOutcome(received: Received, profile: HttpSignatureProfile, facts: Facts): Outcome | null {
  const value = headerOf(received, 'signature')
  if (!value) return { verdict: 'signature-missing', reason: 'there is no Signature header' }
  const read = readSignatureHeader(value, profile)
  if ('malformed' in read) return { verdict: 'signature-malformed', reason: read.malformed }
  facts.parameters = read.parameters
  const { headers } = read.parameters
  const present = profile.whenPresent.filter((name) => received.headers[name] !== undefined)
  const unsigned = [...profile.required, ...present].filter((name) => !headers.includes(name))
  if (unsigned.length === 0) return null
  return { verdict: 'header-not-signed', reason: `headers does not list ${unsigned.join(', ')}` }
}

/** RFC 8017 PKCS #1 v1.5 and ECDSA in DER, which is what the names in the draft's registry mean. */
const hashes: Readonly<Record<string, { readonly key: string; readonly hash: string }>> = {
  'rsa-sha256': { key: 'rsa', hash: 'sha256' },
  'rsa-sha512': { key: 'rsa', hash: 'sha512' },
  'ecdsa-sha256': { key: 'ec', hash: 'sha256' },
}

function verifies(key: KeyObject, hash: string, text: string, signature: Buffer): boolean {
  const bytes = Buffer.from(text, 'latin1')
  const options = key.asymmetricKeyType === 'rsa' ? { key, padding: constants.RSA_PKCS1_PADDING } : { key }
  return verify(hash, bytes, options, signature)
}

function algorithmOutcome(algorithm: string, accepted: readonly string[], key: KeyObject): Outcome | null {
  const known = hashes[algorithm.toLowerCase()]
  if (!known || !accepted.includes(algorithm.toLowerCase()))
    return { verdict: 'algorithm-not-accepted', reason: `algorithm ${algorithm} is not ${accepted.join(' or ')}` }
  if (known.key === key.asymmetricKeyType) return null
  return {
    verdict: 'algorithm-not-accepted',
    reason: `algorithm ${algorithm} does not fit the certificate's ${key.asymmetricKeyType} key`,
  }
}

function cryptographicOutcome(facts: Facts, profile: HttpSignatureProfile, key: KeyObject): Outcome {
  const { algorithm = '', signature = Buffer.alloc(0) } = facts.parameters ?? {}
  const wrong = algorithmOutcome(algorithm, profile.algorithms, key)
  if (wrong) return wrong
  const hash = hashes[algorithm.toLowerCase()]?.hash ?? ''
  return verifies(key, hash, facts.signingString ?? '', signature)
    ? { verdict: 'good', reason: 'the signature verifies' }
    : {
        verdict: 'not-verifying',
        reason: "the signature does not verify over the signing string with the certificate's key",
      }
}

function judge(received: Received, profile: HttpSignatureProfile, by: Judge, facts: Facts): Outcome {
  const early = certificateOutcome(received, profile, by, facts) ?? headerOutcome(received, profile, facts)
  const { certificate, parameters } = facts
  if (early || !certificate || !parameters)
    return early ?? { verdict: 'signature-malformed', reason: 'nothing to verify' }
  const line = signingStringOf(received, parameters.headers)
  facts.signingString = 'text' in line ? line.text : null
  const keyId = judgeKeyId(parameters.keyId, profile, certificate.leaf)
  if (keyId.verdict !== 'good') return { verdict: keyId.verdict, reason: keyId.reason }
  if ('absent' in line)
    return { verdict: 'header-absent', reason: `headers lists ${line.absent}, which the request does not have` }
  const digest = digestObstacle(received, profile.digests)
  if (digest) return { verdict: 'digest-differs', reason: digest }
  const date = dateObstacle(received, by.now)
  if (date) return { verdict: 'date-off', reason: date }
  return cryptographicOutcome(facts, profile, certificate.leaf.publicKey)
}

export function judgeHttpSignature(received: Received, profile: HttpSignatureProfile, by: Judge): SignatureJudgement {
  const facts: Facts = { certificate: null, parameters: null, signingString: null }
  const { verdict, reason } = judge(received, profile, by, facts)
  const { certificate, parameters, signingString } = facts
  return {
    verdict,
    reason,
    certificate,
    trace: {
      verdict,
      reason,
      keyId: parameters?.keyId ?? null,
      algorithm: parameters?.algorithm ?? null,
      signingString: signingString === null ? null : readable(signingString),
      certificate: certificate?.sha256 ?? null,
    },
  }
}
