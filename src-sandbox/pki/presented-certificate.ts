/** The client certificate of a TLS connection with what came along with it, ready to be judged. */
import { createHash, X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import * as x509 from '#sandbox/pki/x509.ts'

/** ETSI EN 319 412-1: the organisation's identifier in the subject, at a PSP its authorisation number. */
export const organizationIdentifierOid = '2.5.4.97'

export interface PresentedCertificate {
  readonly leaf: X509Certificate
  /** The other certificates the client sent, nearest to the leaf first. */
  readonly sent: readonly X509Certificate[]
  /** SHA-256 of the DER, lower-case hex. */
  readonly sha256: string
  /** RFC 8705 section 3.1: the same digest as base64url. */
  readonly thumbprint: string
  readonly organizationIdentifier: string | null
}

const largestChain = 8
const largestMemory = 500

/** A resumed TLS session brings the leaf but not the chain that came with the full handshake, so it is kept here. */
const chains = new Map<string, readonly X509Certificate[]>()

function sentChain(detailed: DetailedPeerCertificate): X509Certificate[] {
  const chain: X509Certificate[] = []
  let current = detailed
  while (chain.length < largestChain && current.issuerCertificate && current.issuerCertificate !== current) {
    current = current.issuerCertificate
    if (!current.raw || chain.some((known) => known.raw.equals(current.raw))) break
    chain.push(new X509Certificate(current.raw))
  }
  return chain
}

function rememberedChain(
  sha256: string,
  detailed: DetailedPeerCertificate,
  resumed: boolean,
): readonly X509Certificate[] {
  const known = chains.get(sha256)
  if (resumed && known) return known
  const chain = sentChain(detailed)
  if (chains.size >= largestMemory) chains.clear()
  chains.set(sha256, chain)
  return chain
}

export function organizationIdentifierOf(certificate: X509Certificate): string | null {
  return new x509.X509Certificate(certificate.raw).subjectName.getField(organizationIdentifierOid)[0] ?? null
}

export function describeCertificate(leaf: X509Certificate, sent: readonly X509Certificate[]): PresentedCertificate {
  const digest = createHash('sha256').update(leaf.raw).digest()
  return {
    leaf,
    sent,
    sha256: digest.toString('hex'),
    thumbprint: digest.toString('base64url'),
    organizationIdentifier: organizationIdentifierOf(leaf),
  }
}

const known = new WeakMap<TLSSocket, PresentedCertificate | null>()

/** Null where the client showed none. Read once per connection: it cannot change on it. */
export function presentedCertificate(socket: TLSSocket): PresentedCertificate | null {
  const before = known.get(socket)
  if (before !== undefined) return before
  const detailed = socket.getPeerCertificate(true)
  const presented = detailed?.raw ? read(detailed, socket.isSessionReused()) : null
  known.set(socket, presented)
  return presented
}

function read(detailed: DetailedPeerCertificate, resumed: boolean): PresentedCertificate {
  const leaf = new X509Certificate(detailed.raw)
  const alone = describeCertificate(leaf, [])
  return { ...alone, sent: rememberedChain(alone.sha256, detailed, resumed) }
}
