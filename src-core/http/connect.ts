/** Opens TLS connections for one identity, measures their phases and remembers what the handshake said. */
import { isIP } from 'node:net'
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls'
import type { buildConnector } from 'undici'
import type { TlsFacts } from '#shared/contract/requests.ts'
import { type ClientCertificate, readTlsFacts } from './tls-facts.ts'

/** With whose key a connection is made. Two connections share nothing unless they share this object's `id`. */
export interface Connection {
  /** Identity id, or `-` for none. */
  readonly id: string
  readonly secureContext: SecureContext
  readonly clientCertificate: ClientCertificate | null
}

/** What one socket knows about itself. Times are milliseconds. */
export interface SocketFacts {
  readonly dns: number
  readonly tcp: number
  readonly tls: number
  readonly facts: TlsFacts
  /** Requests it has carried. */
  uses: number
}

interface SessionMemory {
  ticket: Buffer | undefined
  asked: boolean | null
}

/** Milliseconds a connection may take to be made, whatever the deadline of the call. */
const connectTimeout = 15_000

const facts = new WeakMap<object, SocketFacts>()

/** Facts of a socket this module opened. */
export const socketFacts = (socket: object): SocketFacts | undefined => facts.get(socket)

const brokenHandshakes = new WeakSet<object>()

/** Whether this error ended a TLS handshake that had begun. */
export const brokeHandshake = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && brokenHandshakes.has(error)

/** A connector for undici, and the way to break off connections that are still being made. */
export interface Connector {
  readonly connect: buildConnector.connector
  /** Breaks off every handshake under way. */
  abandon(): void
}

export function createConnector(connection: Connection): Connector {
  const session: SessionMemory = { ticket: undefined, asked: null }
  const pending = new Set<TLSSocket>()

  const connect: buildConnector.connector = (options, callback) => {
    const started = performance.now()
    let resolved = started
    let connected = started
    const servername = isIP(options.hostname) ? '' : (options.servername ?? options.hostname)
    const socket = connectTls({
      host: options.hostname,
      port: Number(options.port || 443),
      servername,
      secureContext: connection.secureContext,
      // Written out because NODE_TLS_REJECT_UNAUTHORIZED=0 beats the default but not an explicit value.
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      ...(session.ticket === undefined ? {} : { session: session.ticket }),
    })
    pending.add(socket)
    const finish = (error: Error | null) => {
      pending.delete(socket)
      clearTimeout(timer)
      socket.removeListener('error', finish)
      if (error === null) {
        callback(null, socket)
        return
      }
      if (connected > started) brokenHandshakes.add(error)
      callback(error, null)
    }
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error('connecting took too long'), { code: 'UND_ERR_CONNECT_TIMEOUT' }))
    }, connectTimeout)
    socket.setNoDelay(true)
    socket.on('lookup', () => {
      resolved = performance.now()
    })
    socket.on('connect', () => {
      connected = performance.now()
    })
    socket.on('session', (ticket) => {
      session.ticket = ticket
    })
    socket.once('error', finish)
    socket.once('secureConnect', () => {
      const known = readTlsFacts(socket, connection.clientCertificate, session.asked)
      session.asked = known.clientCertificateAsked
      const dns = resolved - started
      facts.set(socket, {
        dns,
        tcp: Math.max(0, connected - resolved),
        tls: performance.now() - connected,
        facts: known,
        uses: 0,
      })
      finish(null)
    })
  }
  const abandon = () => {
    for (const socket of pending) socket.destroy(new Error('abandoned'))
  }
  return { connect, abandon }
}
