/** Translates what sockets, TLS and HTTP throw into faults that name the layer and who must act. */
import { Fault, type FaultCode, isFault } from '#shared/fault.ts'

/** What was known of the connection when it failed. */
export interface FailureScene {
  readonly host: string
  /** A client certificate was configured for the connection. */
  readonly withCertificate: boolean
  /** The server asked for one; null when unknown. */
  readonly certificateAsked: boolean | null
  /** The connection ended within its TLS handshake. */
  readonly handshakeBroken: boolean
  /** The handshake was done, and a fresh connection closed before one byte of an answer had come. */
  readonly closedUnanswered: boolean
}

type Entry = readonly [RegExp, FaultCode, (scene: FailureScene) => string]

const certificateRefused = (scene: FailureScene): string =>
  scene.withCertificate
    ? `The bank probably refused the client certificate: ${scene.host} broke off the TLS handshake. Check that it is the certificate the bank knows, that it is valid today and that its whole chain is sent.`
    : `${scene.host} wants a client certificate and none was sent. Choose an identity for this call.`

/** First match wins. The left column is Node's and undici's `code`; OpenSSL's reasons are part of it. */
const table: readonly Entry[] = [
  [
    /^(ENOTFOUND|EAI_)/,
    'NETWORK_DNS',
    (s) => `The host name ${s.host} could not be resolved. Check its spelling in the environment and your network.`,
  ],
  [
    /^ECONNREFUSED$/,
    'NETWORK_REFUSED',
    (s) =>
      `Nothing accepts connections at ${s.host}. Check the URL and port of the environment; for the local sandbox: is it running?`,
  ],
  [
    /^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/,
    'NETWORK_UNREACHABLE',
    (s) => `${s.host} cannot be reached from this machine. Check network, VPN and firewall.`,
  ],
  [
    /^ERR_TLS_CERT_ALTNAME/,
    'TLS_NAME',
    (s) => `The server certificate is not for ${s.host}. Check the URL; a proxy may answer in the bank's place.`,
  ],
  [
    /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    'TLS_EXPIRED',
    (s) =>
      `A certificate of ${s.host} is not valid at this time. Check this machine's clock first, then tell the bank.`,
  ],
  [
    /(SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CERT_UNTRUSTED|CERT_CHAIN|INVALID_CA|CERT_SIGNATURE_FAILURE|CERT_REVOKED)/,
    'TLS_CHAIN',
    (s) =>
      `The server certificate of ${s.host} does not lead to a CA this environment trusts. Add the bank's CA to the environment, or look for a proxy that replaces certificates.`,
  ],
  [
    /(UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_PROTOCOLS|VERSION_TOO_LOW)/,
    'TLS_VERSION',
    (s) => `${s.host} offers no TLS version of 1.2 or newer. Nothing older is used; the bank has to upgrade.`,
  ],
  [
    /(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|EPROTO$)/,
    'TLS_NOT_SPOKEN',
    (s) => `${s.host} does not speak TLS on this port. Check the port of the environment.`,
  ],
  [
    /ALERT_(BAD_CERTIFICATE|CERTIFICATE|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED|HANDSHAKE_FAILURE|NO_CERTIFICATE)|CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE/,
    'TLS_CLIENT_CERTIFICATE',
    certificateRefused,
  ],
  [/^ERR_(SSL|OSSL|TLS)/, 'TLS_FAILED', (s) => `The TLS handshake with ${s.host} failed.`],
  [
    /^(HPE_|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|UND_ERR_INVALID)/,
    'RESPONSE_MALFORMED',
    (s) => `${s.host} answered with something that is not valid HTTP.`,
  ],
  [
    /^UND_ERR_HEADERS_OVERFLOW$/,
    'RESPONSE_TOO_LARGE',
    (s) => `The headers of the answer of ${s.host} are larger than the limit.`,
  ],
]

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: unknown }
  // undici gives its parser's errors a code only where llhttp has one.
  if (name === 'HTTPParserError') return typeof code === 'string' && code.startsWith('HPE_') ? code : 'HPE_INVALID'
  return typeof code === 'string' ? code : cause === undefined ? '' : codeOf(cause)
}

/** Turns a foreign error into a fault; a fault passes unchanged. */
export function transportFault(error: unknown, scene: FailureScene): Fault {
  if (isFault(error)) return error
  const code = codeOf(error)
  const details = { host: scene.host, reason: code === '' ? String((error as Error)?.message ?? error) : code }
  for (const [pattern, fault, sentence] of table) {
    if (pattern.test(code)) return new Fault(fault, sentence(scene), details, error)
  }
  // Many servers refuse a certificate without a word: under TLS 1.2 they break the handshake off, under 1.3, where it is
  // over for the client by then, they close the socket.
  const refusedSilently =
    (scene.handshakeBroken && scene.withCertificate) || (scene.closedUnanswered && scene.certificateAsked === true)
  if (refusedSilently) return new Fault('TLS_CLIENT_CERTIFICATE', certificateRefused(scene), details, error)
  if (scene.handshakeBroken) {
    const message = `${scene.host} broke off the TLS handshake. It may want a client certificate: choose an identity for this call.`
    return new Fault('TLS_FAILED', message, details, error)
  }
  return new Fault(
    'NETWORK_RESET',
    `${scene.host} closed the connection before its answer was complete. It is unknown whether it received the request.`,
    details,
    error,
  )
}
