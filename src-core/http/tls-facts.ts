/** What is known of a TLS connection once its handshake is done. */
import { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import type { TlsFacts } from '#shared/contract/exchange.ts'
import type { CertificateRequest } from './session-memory.ts'

export type ClientCertificate = { readonly sha256: string; readonly subject: string }

const plainFingerprint = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase()

/** Node prints one RDN a line, first the country: RFC 4514 has it in one line the other way round. */
const oneLine = (name: string | undefined): string => (name ?? '').split('\n').reverse().join(', ')

/** By the older call: the newer one, made before Node has judged the certificate, leaves Node one without its names. */
function serverChain(socket: TLSSocket): TlsFacts['serverChain'] {
  const chain: TlsFacts['serverChain'] = []
  const seen = new Set<string>()
  let shown: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  while (shown?.raw !== undefined && chain.length < 10 && !seen.has(shown.fingerprint256)) {
    seen.add(shown.fingerprint256)
    const certificate = new X509Certificate(shown.raw)
    chain.push({
      subject: oneLine(certificate.subject),
      issuer: oneLine(certificate.issuer),
      notBefore: new Date(certificate.validFrom).toISOString(),
      notAfter: new Date(certificate.validTo).toISOString(),
      sha256: plainFingerprint(certificate),
    })
    shown = shown.issuerCertificate
  }
  return chain
}

/** How OpenSSL names the signature algorithms a key of each type can use. */
const algorithmsOf: Readonly<Record<string, RegExp>> = {
  rsa: /^(RSA|rsa)/,
  'rsa-pss': /^(RSA-PSS|rsa_pss)/,
  ec: /^(ECDSA|ecdsa)/,
  ed25519: /^ed25519/i,
  ed448: /^ed448/i,
}

/**
 * Node has no direct way to know whether the server asked for a certificate. In a full handshake the shared signature
 * algorithms are filled by the CertificateRequest only; a resumed session repeats what its first one said. OpenSSL
 * sends no certificate when none of the algorithms the server names fits its key.
 */
export function readCertificateRequest(socket: TLSSocket, resumedFrom: CertificateRequest): CertificateRequest {
  if (socket.isSessionReused()) return resumedFrom
  const shared = socket.getSharedSigalgs()
  if (shared.length === 0) return { asked: false, sent: false }
  const type = socket.getX509Certificate()?.publicKey.asymmetricKeyType
  if (type === undefined) return { asked: true, sent: false }
  return { asked: true, sent: shared.some((name) => (algorithmsOf[type] ?? /./).test(name)) }
}

/** Reads the facts off a socket whose handshake is over. */
export function readTlsFacts(
  socket: TLSSocket,
  configured: ClientCertificate | null,
  request: CertificateRequest,
): TlsFacts {
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    resumed: socket.isSessionReused(),
    clientCertificate: request.sent === false ? null : configured,
    clientCertificateAsked: request.asked,
    serverChain: serverChain(socket),
  }
}
