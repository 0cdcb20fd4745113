/** Makes the TLS side of a connection with everything written out, so that no environment variable has a say in it. */
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls'
import { Fault } from '#shared/fault.ts'

/** Older versions are neither offered nor accepted. */
export const tlsVersions = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' } as const

export interface ContextParts {
  /** PEM certificates, the only ones trusted; `withBuiltInRoots` where a public CA is one of them. */
  readonly ca: readonly string[]
  /** Certificate chain, leaf first, and its key, PEM; null for a connection without a client certificate. */
  readonly client: { readonly cert: string; readonly key: string | Buffer } | null
}

let unchanged: readonly string[] | undefined
const extended = new Map<string, readonly string[]>()

/**
 * The roots Node is built with, and `extra` beside them. They are named one by one because a context that names none
 * would trust whatever NODE_EXTRA_CA_CERTS, NODE_USE_SYSTEM_CA, SSL_CERT_FILE and their options add to or put in place
 * of them. Without `extra` it is the same list every time.
 */
export function withBuiltInRoots(extra: readonly string[]): readonly string[] {
  unchanged ??= Object.freeze([...rootCertificates])
  if (extra.length === 0) return unchanged
  const known = extended.get(extra.join('\n')) ?? [...unchanged, ...extra]
  extended.set(extra.join('\n'), known)
  return known
}

const keys = new WeakMap<readonly string[], string>()

/** Names a list of authorities, equal for equal lists; a list that was asked for before is known by itself. */
export function trustKey(ca: readonly string[]): string {
  let key = keys.get(ca)
  if (key === undefined) {
    key = createHash('sha256').update(ca.join('\n')).digest('base64')
    keys.set(ca, key)
  }
  return key
}

/** @throws Fault KEY_MISMATCH, INPUT_INVALID for an empty `ca`; Node's own error for what does not decode */
export function clientContext({ ca, client }: ContextParts): SecureContext {
  if (ca.length === 0)
    throw new Fault('INPUT_INVALID', 'No certificate authority was named: nobody would be trusted.', { field: 'ca' })
  // OpenSSL reports some pairs that do not belong together, and for others sends no certificate without a word.
  if (client !== null && !new X509Certificate(client.cert).checkPrivateKey(createPrivateKey(client.key)))
    throw new Fault('KEY_MISMATCH', 'The client certificate and its key do not belong together. Choose another pair.')
  return createSecureContext({
    ca: ca === unchanged ? joinedRoots() : [...ca],
    ...(client === null ? {} : { cert: client.cert, key: client.key }),
    ...tlsVersions,
  })
}

let joined: string | undefined
const joinedRoots = (): string => {
  joined ??= (unchanged ?? []).join('\n')
  return joined
}
