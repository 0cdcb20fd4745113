/** Judges a client certificate as a bank does: is it there, in time, from a trusted QTSP, not revoked, not blocked. */
import type { X509Certificate } from 'node:crypto'
import * as x509 from '#sandbox/pki/x509.ts'
import type { PresentedCertificate } from './presented-certificate.ts'

export type CertificateVerdict =
  | 'good'
  | 'missing'
  | 'expired'
  | 'issuer-unknown'
  | 'chain-incomplete'
  | 'revoked'
  | 'blocked'

export interface Judgement {
  readonly verdict: CertificateVerdict
  readonly reason: string
}

/** What a bank knows about the QTSPs it trusts. */
export interface TrustStore {
  /** Roots and the issuing CAs whose certificates the bank holds. */
  readonly roots: readonly X509Certificate[]
  readonly intermediates: readonly X509Certificate[]
  isRevoked(certificate: X509Certificate): boolean
  isBlocked(sha256: string): boolean
}

const issued = (issuer: X509Certificate, certificate: X509Certificate): boolean =>
  issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)

const same = (one: X509Certificate, other: X509Certificate): boolean => one.raw.equals(other.raw)

/** The last certificate that could be reached from the leaf, and whether it is a trusted root. */
function climb(leaf: X509Certificate, sent: readonly X509Certificate[], trust: TrustStore) {
  const candidates = [...trust.roots, ...trust.intermediates, ...sent]
  let current = leaf
  for (let step = 0; step < 8; step += 1) {
    if (trust.roots.some((root) => same(root, current))) return { top: current, trusted: true }
    const issuer = candidates.find((candidate) => !same(candidate, current) && issued(candidate, current))
    if (!issuer) return { top: current, trusted: false }
    current = issuer
  }
  return { top: current, trusted: false }
}

const organisation = (name: string): string | undefined => /^O=(.*)$/m.exec(name)?.[1]

/** The issuer's name tells whose intermediate is missing: a trusted QTSP's, or a stranger's. */
function namesTrustedQtsp(top: X509Certificate, trust: TrustStore): boolean {
  const named = organisation(top.issuer)
  return named !== undefined && trust.roots.some((root) => organisation(root.subject) === named)
}

/** Signed with a digest that collisions can be made for: banks stopped trusting such certificates in 2017. */
const usesSha1 = (leaf: X509Certificate): boolean => {
  const { hash } = new x509.X509Certificate(leaf.raw).signatureAlgorithm
  return hash.name === 'SHA-1'
}

/** Whether a QTSP the banks trust issued it, in whatever state it is now. */
export const isOfTrustedQtsp = ({ leaf, sent }: PresentedCertificate, trust: TrustStore): boolean =>
  climb(leaf, sent, trust).trusted

function followChain(presented: PresentedCertificate, trust: TrustStore): Judgement {
  const { top, trusted } = climb(presented.leaf, presented.sent, trust)
  if (trusted && usesSha1(presented.leaf))
    return { verdict: 'issuer-unknown', reason: 'the certificate is signed with SHA-1, which is trusted no longer' }
  if (trusted) return { verdict: 'good', reason: 'the chain leads to a trusted root' }
  if (top.subject === top.issuer)
    return {
      verdict: 'issuer-unknown',
      reason: same(top, presented.leaf) ? 'the certificate is self-signed' : 'the chain ends in an untrusted root',
    }
  const missing = top.issuer.replaceAll('\n', ', ')
  return namesTrustedQtsp(top, trust)
    ? { verdict: 'chain-incomplete', reason: `the client did not send the intermediate certificate of ${missing}` }
    : { verdict: 'issuer-unknown', reason: `the issuer ${missing} is not trusted` }
}

const followed = new WeakMap<PresentedCertificate, { readonly trust: TrustStore; readonly judgement: Judgement }>()

/** Once per connection: following a chain costs more than all the rest of an answer, and it never leads elsewhere. */
function judgeChain(presented: PresentedCertificate, trust: TrustStore): Judgement {
  const before = followed.get(presented)
  if (before?.trust === trust) return before.judgement
  const judgement = followChain(presented, trust)
  followed.set(presented, { trust, judgement })
  return judgement
}

/** @param now milliseconds since 1970 on the clock that counts. */
export function judgeCertificate(presented: PresentedCertificate | null, trust: TrustStore, now: number): Judgement {
  if (!presented) return { verdict: 'missing', reason: 'no client certificate was presented' }
  const { leaf } = presented
  if (now > leaf.validToDate.getTime())
    return { verdict: 'expired', reason: `the certificate ended on ${leaf.validToDate.toISOString()}` }
  if (now < leaf.validFromDate.getTime())
    return { verdict: 'expired', reason: `the certificate starts only on ${leaf.validFromDate.toISOString()}` }
  const chain = judgeChain(presented, trust)
  if (chain.verdict !== 'good') return chain
  if (trust.isRevoked(leaf))
    return { verdict: 'revoked', reason: `serial ${leaf.serialNumber} is on the revocation list` }
  if (trust.isBlocked(presented.sha256)) return { verdict: 'blocked', reason: 'the bank has blocked this certificate' }
  return { verdict: 'good', reason: 'the certificate is in time, trusted and not revoked' }
}
