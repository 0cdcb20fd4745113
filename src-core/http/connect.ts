/** Opens TLS connections for one identity, measures their phases and remembers what the handshake said. */
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls'
import type { buildConnector } from 'undici'
import type { TlsFacts } from '#shared/contract/exchange.ts'
import { type Attempt, type AttemptRecord, recordAttempt } from './attempt.ts'
import { tlsVersions } from './client-context.ts'
import { openTunnel, type ProxyRoute } from './proxy-tunnel.ts'
import { createSessionMemory, type Learned, nothingLearned, type SessionMemory } from './session-memory.ts'
import { type ClientCertificate, readCertificateRequest, readTlsFacts } from './tls-facts.ts'
import { watchLookup } from './watch-lookup.ts'
import { dispatching } from './wire-watch.ts'

/** With whose key a connection is made, and by which way. Two connections share nothing unless they share this object's `id`. */
export interface Connection {
  /** Identity id, or `-` for none. */
  readonly id: string
  /** Made by `clientContext`, which also says whom it trusts. */
  readonly secureContext: SecureContext
  readonly clientCertificate: ClientCertificate | null
  /** null or left out: straight to the bank, whatever HTTPS_PROXY says. */
  readonly proxy?: ProxyRoute | null | undefined
}

/** What one socket knows about itself. Times are milliseconds. */
export interface SocketFacts {
  readonly dns: number
  readonly tcp: number
  readonly tls: number
  readonly facts: TlsFacts
  /** Requests it has carried. */
  uses: number
  /** What ended it, first of all: undici tells of the close that follows a TLS alert, not of the alert. */
  error: Error | null
}

/** Milliseconds a connection may take to be made, whatever the deadline of the call. */
const connectTimeout = 15_000

/** Milliseconds one address of a name may take before the next is tried beside it (RFC 8305). */
const nextAddressAfter = 250

const facts = new WeakMap<object, SocketFacts>()

/** Facts of a socket this module opened. */
export const socketFacts = (socket: object): SocketFacts | undefined => facts.get(socket)

const attempts = new WeakMap<object, Attempt>()

/** The attempt that this error ended. */
export const attemptOf = (error: unknown): Attempt | undefined =>
  typeof error === 'object' && error !== null ? attempts.get(error) : undefined

/** A connector for undici, and the way to break off connections that are still being made. */
export interface Connector {
  readonly connect: buildConnector.connector
  /** Breaks off every attempt under way. */
  abandon(): void
}

interface Making {
  readonly connection: Connection
  readonly lookup: LookupFunction | undefined
  readonly sessions: SessionMemory
  readonly pending: Set<Attempt>
}

export function createConnector(connection: Connection, lookup?: LookupFunction): Connector {
  const making: Making = { connection, lookup, sessions: createSessionMemory(), pending: new Set() }
  return {
    connect: (options, callback) => connectOnce(making, options, callback),
    abandon: () => {
      for (const attempt of making.pending) attempt.abandon()
    },
  }
}

const connectOnce = (making: Making, options: buildConnector.Options, callback: buildConnector.Callback): void => {
  const { connection, pending } = making
  let current: Socket | null = null
  const named = connection.proxy ? new URL(connection.proxy.url).hostname : options.hostname
  const attempt = recordAttempt(isIP(named.replace(/^\[|\]$/g, '')) ? 'tcp' : 'dns', () => {
    finish(Object.assign(new Error('the attempt was broken off'), { code: 'ABANDONED' }), null)
  })
  const finish = (error: Error | null, socket: TLSSocket | null) => {
    if (!pending.delete(attempt.view)) return
    clearTimeout(timer)
    attempt.end()
    if (error === null && socket !== null) {
      callback(null, socket)
      return
    }
    current?.on('error', () => {}).destroy()
    const reason = error ?? new Error('no connection was made')
    attempts.set(reason, attempt.view)
    callback(reason, null)
  }
  const timer = setTimeout(() => {
    finish(Object.assign(new Error('connecting took too long'), { code: 'UND_ERR_CONNECT_TIMEOUT' }), null)
  }, connectTimeout)
  pending.add(attempt.view)
  const sighting = dispatching()
  if (sighting !== null) sighting.attempt = attempt.view
  const secure = (tunnel: Socket | null) => {
    current = speakTls(making, options, tunnel, attempt, finish)
  }
  if (!connection.proxy) {
    secure(null)
    return
  }
  current = openTunnel(
    connection.proxy,
    { host: options.hostname, port: Number(options.port || 443) },
    {
      resolved: () => attempt.reach('tcp'),
      connected: () => attempt.reach('proxy'),
      opened: () => secure(current),
      failed: (error) => finish(error, null),
    },
    making.lookup,
  )
}

function tlsOptions(
  connection: Connection,
  options: buildConnector.Options,
  tunnel: Socket | null,
  lookup: LookupFunction | undefined,
  attempt: AttemptRecord,
  ticket: Buffer | undefined,
): ConnectionOptions {
  return {
    ...(tunnel === null
      ? {
          host: options.hostname,
          port: Number(options.port || 443),
          // Written out like the rest below: options of Node in the environment switch it off.
          autoSelectFamily: true,
          autoSelectFamilyAttemptTimeout: nextAddressAfter,
          lookup: watchLookup(lookup, () => attempt.reach('tcp')),
        }
      : { socket: tunnel, host: options.hostname }),
    servername: isIP(options.hostname) ? '' : (options.servername ?? options.hostname),
    secureContext: connection.secureContext,
    // Written out because NODE_TLS_REJECT_UNAUTHORIZED=0 beats the default but not an explicit value.
    rejectUnauthorized: true,
    ...tlsVersions,
    ALPNProtocols: ['http/1.1'],
    ...(ticket === undefined ? {} : { session: ticket }),
  }
}

function speakTls(
  { connection, lookup, sessions }: Making,
  options: buildConnector.Options,
  tunnel: Socket | null,
  attempt: AttemptRecord,
  finish: (error: Error | null, socket: TLSSocket | null) => void,
): TLSSocket {
  const known = sessions.request
  const learned: Learned = { request: nothingLearned }
  if (tunnel !== null) {
    attempt.reach('tls')
    // TLS hears of it and says so; nobody listening here would end the process.
    tunnel.on('error', () => {})
  }
  const socket = connectTls(tlsOptions(connection, options, tunnel, lookup, attempt, sessions.ticket))
  // With --tls-keylog among NODE_OPTIONS Node has just begun to write the keys of this connection to a file.
  socket.removeAllListeners('keylog')
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 60_000)
  socket.on('connect', () => attempt.reach('tls'))
  sessions.follow(socket, learned)
  // Before Node judges the server's certificate: what it was is shown most of all when it is refused.
  socket.prependOnceListener('secure', () => {
    learned.request = readCertificateRequest(socket, known)
    attempt.asked = learned.request.asked
    attempt.facts = readTlsFacts(socket, connection.clientCertificate, learned.request)
  })
  const failed = (error: Error) => {
    attempt.asked ??= attempt.view.phase === 'tls' ? askedBeforeItBroke(socket) : null
    finish(error, null)
  }
  const closed = () => failed(new Error('the connection was closed'))
  socket.once('error', failed)
  socket.once('close', closed)
  socket.once('secureConnect', () => {
    attempt.end()
    socket.off('error', failed).off('close', closed)
    const version = socket.getProtocol()
    if (attempt.facts === null || (version !== 'TLSv1.2' && version !== 'TLSv1.3')) {
      finish(Object.assign(new Error(`${version} is too old`), { code: 'VERSION_TOO_LOW' }), null)
      return
    }
    const own: SocketFacts = { ...attempt.view.times, facts: attempt.facts, uses: 0, error: null }
    socket.prependListener('error', (error: Error) => {
      own.error ??= error
    })
    facts.set(socket, own)
    finish(null, socket)
  })
  return socket
}

/** Under TLS 1.2 a handshake breaks off after the server's request for a certificate has come: OpenSSL still has it. */
function askedBeforeItBroke(socket: TLSSocket): boolean | null {
  const shared: unknown = socket.getSharedSigalgs()
  return Array.isArray(shared) ? shared.length > 0 : null
}
