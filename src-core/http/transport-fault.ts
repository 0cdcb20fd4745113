/** Translates what sockets, TLS and HTTP throw into faults that name the layer and who must act. */
import type { Delivery } from '#shared/contract/exchange.ts'
import { Fault, type FaultCode, isFault } from '#shared/fault.ts'
import type { ConnectPhase } from './attempt.ts'
import { proxyFault } from './proxy-fault.ts'

/** Where a call was when it ended. */
export type CallPhase = ConnectPhase | 'upload' | 'wait' | 'download'

export type { Delivery }

/** What was known of the connection when it failed. */
export interface FailureScene {
  readonly host: string
  /** Where the proxy listens; null without one. */
  readonly proxy: string | null
  readonly phase: CallPhase
  /** Whether a byte of the request was written. */
  readonly sent: boolean
  /** A client certificate was configured for the connection. */
  readonly withCertificate: boolean
  /** The server asked for one; null when unknown. */
  readonly certificateAsked: boolean | null
  /** The handshake was done, and a fresh connection closed before one byte of an answer had come. */
  readonly closedUnanswered: boolean
  /** The bank has answered this identity over another connection of this process. */
  readonly answeredBefore: boolean
}

type Entry = readonly [RegExp, FaultCode, (scene: FailureScene) => string]

const certificateRefused = (scene: FailureScene): string =>
  scene.withCertificate
    ? `The bank probably refused the client certificate: ${scene.host} asked for one and closed the connection. Check that it is the certificate the bank knows, that it is valid today and that its whole chain is sent.`
    : `${scene.host} wants a client certificate and none was sent. Choose an identity for this call.`

/** Alerts in which a server says what it has against the certificate (RFC 8446 section 6.2). */
const complaint =
  (what: string, remedy: string) =>
  (scene: FailureScene): string =>
    scene.withCertificate
      ? `The bank probably refused the client certificate: ${scene.host} says in TLS that ${what}. ${remedy}`
      : certificateRefused(scene)

/** First match wins. The left column is Node's and undici's `code`; OpenSSL's reasons are part of it. */
const table: readonly Entry[] = [
  [
    /^(ENOTFOUND|EAI_)/,
    'NETWORK_DNS',
    (s) => `The name of ${s.host} could not be resolved. Check its spelling in the environment and your network.`,
  ],
  [
    /^ECONNREFUSED$/,
    'NETWORK_REFUSED',
    (s) =>
      `Nothing accepts connections at ${s.host}. Check URL and port of the environment; for the local sandbox: is it running?`,
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
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT|CERT_UNTRUSTED|CERT_CHAIN_TOO_LONG|INVALID_CA|CERT_SIGNATURE_FAILURE|CERT_REVOKED|CERT_REJECTED|INVALID_PURPOSE|HOSTNAME_MISMATCH)/,
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
    /ALERT_(CERTIFICATE_EXPIRED)/,
    'TLS_CLIENT_CERTIFICATE',
    complaint('it has expired', 'Renew it at your QTSP, and check the clock of this machine.'),
  ],
  [
    /ALERT_UNKNOWN_CA/,
    'TLS_CLIENT_CERTIFICATE',
    complaint(
      'it does not know the CA that issued it',
      'Check that the whole chain is sent and that the bank trusts this CA in this environment.',
    ),
  ],
  [
    /ALERT_CERTIFICATE_REVOKED/,
    'TLS_CLIENT_CERTIFICATE',
    complaint('it is revoked', 'Ask your QTSP, and order another one.'),
  ],
  [
    /(ALERT_CERTIFICATE_REQUIRED|ALERT_NO_CERTIFICATE)/,
    'TLS_CLIENT_CERTIFICATE',
    (s) =>
      s.withCertificate
        ? `${s.host} wants a client certificate and got none: the key of the chosen identity fits none of the signature algorithms the bank accepts. Choose an identity with another type of key.`
        : certificateRefused(s),
  ],
  [
    /ALERT_(BAD_CERTIFICATE|CERTIFICATE|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)/,
    'TLS_CLIENT_CERTIFICATE',
    certificateRefused,
  ],
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

const handshakeRefused = /ALERT_HANDSHAKE_FAILURE/
const tlsError = /^ERR_(SSL|OSSL|TLS)/
const certificateAlert = /ALERT_(BAD_CERTIFICATE|CERTIFICATE|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|NO_CERTIFICATE)/

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: unknown }
  // undici gives its parser's errors a code only where llhttp has one.
  if (name === 'HTTPParserError') return typeof code === 'string' && code.startsWith('HPE_') ? code : 'HPE_INVALID'
  return typeof code === 'string' ? code : cause === undefined ? '' : codeOf(cause)
}

/** What the bank can have seen when a call ended with this error. */
export function deliveryOf(error: unknown, scene: FailureScene): Delivery {
  if (!scene.sent) return 'not-sent'
  if (scene.phase === 'download') return 'answered'
  // Under TLS 1.3 the request is written before the server has judged the certificate; whoever refuses it reads no HTTP.
  return scene.closedUnanswered && certificateAlert.test(codeOf(error)) ? 'refused' : 'unknown'
}

/** What a sentence on a lost call ends with. */
export const fate = (delivery: Delivery): string => fates[delivery]

const fates: Readonly<Record<Delivery, string>> = {
  'not-sent': 'Nothing was sent.',
  refused: 'The request was not taken.',
  unknown: 'It is unknown whether it received the request.',
  answered: 'It had received the request and begun its answer.',
}

function handshakeFault(code: string, scene: FailureScene): readonly [FaultCode, string] | null {
  const inHandshake = scene.phase === 'tls'
  // Many servers refuse a certificate without a word: under TLS 1.2 they break the handshake off, under 1.3, where it is
  // over for the client by then, they close the socket.
  // One that was good enough a moment ago is not what a bank breaks off for without a word after the handshake.
  const silent = !tlsError.test(code) && (inHandshake || (scene.closedUnanswered && !scene.answeredBefore))
  if (silent || handshakeRefused.test(code)) {
    if (scene.certificateAsked === true) return ['TLS_CLIENT_CERTIFICATE', certificateRefused(scene)]
    // Whether it was asked for cannot be seen everywhere (Electron).
    if (inHandshake && scene.certificateAsked === null && scene.withCertificate)
      return ['TLS_CLIENT_CERTIFICATE', certificateRefused(scene)]
  }
  if (handshakeRefused.test(code))
    return [
      'TLS_FAILED',
      `${scene.host} refused the TLS handshake before it asked for a certificate: it accepts none of the ciphers offered, or not this host name. Check the URL, then ask the bank.`,
    ]
  if (tlsError.test(code)) return ['TLS_FAILED', `The TLS handshake with ${scene.host} failed. Show the bank: ${code}.`]
  if (!inHandshake) return null
  return [
    'TLS_FAILED',
    `${scene.host} broke off the TLS handshake before it asked for a certificate. Check host and port; a firewall may be in between.`,
  ]
}

/** Until the tunnel is there it is the proxy that is spoken to. */
const beforeTunnel: ReadonlySet<CallPhase> = new Set(['dns', 'tcp', 'proxy'])

/** Turns a foreign error into a fault; a fault passes unchanged. */
export function transportFault(error: unknown, scene: FailureScene): Fault {
  if (isFault(error)) return error
  const code = codeOf(error)
  const delivery = deliveryOf(error, scene)
  const details = {
    host: scene.host,
    reason: code === '' ? String((error as Error)?.message ?? error) : code,
    phase: scene.phase,
    delivery,
    ...(scene.proxy === null ? {} : { proxy: scene.proxy }),
  }
  if (scene.proxy !== null && beforeTunnel.has(scene.phase))
    return proxyFault(error, code, { proxy: scene.proxy, host: scene.host }, details)
  for (const [pattern, fault, sentence] of table) {
    if (!pattern.test(code)) continue
    return new Fault(fault, sentence(scene), details, error)
  }
  const handshake = handshakeFault(code, scene)
  if (handshake !== null) return new Fault(...handshake, details, error)
  const closed = scene.sent
    ? `${scene.host} closed the connection before its answer was complete.`
    : `${scene.host} closed the connection.`
  return new Fault('NETWORK_RESET', `${closed} ${fate(delivery)}`, details, error)
}
