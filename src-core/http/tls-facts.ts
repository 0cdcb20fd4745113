/** What is known of a TLS connection once its handshake is done. */
import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { TlsFacts } from '#shared/contract/requests.ts'

export type ClientCertificate = { readonly sha256: string; readonly subject: string }

const plainFingerprint = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase()

/** Node prints one RDN a line, first the country: RFC 4514 has it in one line the other way round. */
const oneLine = (name: string | undefined): string => (name ?? '').split('\n').reverse().join(', ')

function serverChain(socket: TLSSocket): TlsFacts['serverChain'] {
  const chain: TlsFacts['serverChain'] = []
  let certificate = socket.getPeerX509Certificate()
  while (certificate && chain.length < 10) {
    chain.push({
      subject: oneLine(certificate.subject),
      issuer: oneLine(certificate.issuer),
      notBefore: new Date(certificate.validFrom).toISOString(),
      notAfter: new Date(certificate.validTo).toISOString(),
      sha256: plainFingerprint(certificate),
    })
    const issuer: X509Certificate | undefined = certificate.issuerCertificate
    certificate = issuer && issuer.fingerprint256 !== certificate.fingerprint256 ? issuer : undefined
  }
  return chain
}

/**
 * Node has no direct way to know whether the server asked for a certificate. After a full handshake the shared
 * signature algorithms are filled by the CertificateRequest only; a resumed session repeats what its first one said.
 */
function wasAsked(socket: TLSSocket, resumedFrom: boolean | null): boolean | null {
  return socket.isSessionReused() ? resumedFrom : socket.getSharedSigalgs().length > 0
}

/** Reads the facts off a connected socket. `askedBefore` is what was known of the session that may have been resumed. */
export function readTlsFacts(
  socket: TLSSocket,
  configured: ClientCertificate | null,
  askedBefore: boolean | null,
): TlsFacts {
  const asked = wasAsked(socket, askedBefore)
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    resumed: socket.isSessionReused(),
    clientCertificate: asked === false ? null : configured,
    clientCertificateAsked: asked,
    serverChain: serverChain(socket),
  }
}
