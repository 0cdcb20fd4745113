/** Opens a TCP connection to a host through an HTTP proxy (CONNECT, RFC 9110 section 9.3.6); TLS is spoken through it, never with it. */
import { connect, isIPv6, type LookupFunction, type Socket } from 'node:net'
import { watchLookup } from './watch-lookup.ts'

/** The proxy of an environment. It sees the bank's host name and encrypted bytes: no certificate, header or body. */
export interface ProxyRoute {
  /** `http://host:port`; user and password in it are not used. */
  readonly url: string
  /** Whose credentials it is asked with: two that differ in it share no tunnel. */
  readonly account?: string
  /** Asked for each tunnel, so that no password is kept here; null or left out where the proxy wants none. */
  readonly credentials?: (() => Promise<ProxyCredentials | null>) | null | undefined
}

export interface ProxyCredentials {
  readonly user: string
  readonly password: string
}

/** What a proxy said instead of opening the tunnel. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal'
  readonly code = 'PROXY_REFUSED'
  /** HTTP status; 0 where it did not answer in HTTP. */
  readonly status: number
  /** Whether it was given a user and a password. */
  readonly withCredentials: boolean

  constructor(status: number, message: string, withCredentials = false) {
    super(message)
    this.status = status
    this.withCredentials = withCredentials
  }
}

export interface TunnelEvents {
  /** The proxy's name is resolved. */
  resolved(): void
  /** The proxy took the connection; what follows is its own doing. */
  connected(): void
  /** Called once. After `opened` the socket is the caller's. */
  opened(): void
  failed(error: Error): void
}

/** Bytes of a proxy's answer before the tunnel. */
const answerCap = 16 * 1024

/** Host and port as an authority; `host:port`, IPv6 in brackets. */
export const authorityOf = (host: string, port: number): string => `${isIPv6(host) ? `[${host}]` : host}:${port}`

/** Where a proxy listens, for messages. */
export const proxyHost = (proxy: ProxyRoute): string => new URL(proxy.url).host

/** RFC 7617 section 2; section 2.1 leaves UTF-8 to the proxy to announce, and nothing else holds every name. */
const basic = ({ user, password }: ProxyCredentials): string =>
  `Proxy-Authorization: Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}\r\n`

/** Begins at once; the socket returned can be destroyed at any time. */
export function openTunnel(
  proxy: ProxyRoute,
  target: { readonly host: string; readonly port: number },
  events: TunnelEvents,
  lookup?: LookupFunction,
): Socket {
  const { hostname, port } = new URL(proxy.url)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const socket = connect({
    host,
    port: Number(port || 80),
    autoSelectFamily: true,
    lookup: watchLookup(lookup, events.resolved),
  })
  let head = ''
  let withCredentials = false
  const settle = (error: Error | null) => {
    socket.off('error', settle).off('data', read).off('end', ended)
    if (error === null) events.opened()
    else {
      // The error that destroying reports again has been told already.
      socket.on('error', () => {})
      socket.destroy()
      events.failed(error)
    }
  }
  const ended = () => settle(new ProxyRefusal(0, 'the proxy closed the connection'))
  const read = (chunk: Buffer) => {
    head += chunk.toString('latin1')
    const refusal = judgeAnswer(head, withCredentials)
    if (refusal === undefined) return
    socket.pause()
    settle(refusal)
  }
  const ask = async () => {
    const authority = authorityOf(target.host, target.port)
    const credentials = (await proxy.credentials?.()) ?? null
    withCredentials = credentials !== null
    // While the key store was asked somebody may have given up.
    if (socket.destroyed) return
    socket.write(
      `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials === null ? '' : basic(credentials)}\r\n`,
    )
  }
  socket.setNoDelay(true)
  socket.once('connect', () => {
    events.connected()
    ask().catch(settle)
  })
  socket.on('error', settle).on('data', read).on('end', ended)
  return socket
}

/** undefined while the answer is not complete, null when the tunnel is open. */
function judgeAnswer(head: string, withCredentials: boolean): ProxyRefusal | null | undefined {
  const end = head.indexOf('\r\n\r\n')
  if (end === -1) return head.length > answerCap ? new ProxyRefusal(0, 'the proxy does not speak HTTP') : undefined
  const status = Number(/^HTTP\/1\.[01] (\d{3})\b/.exec(head)?.[1] ?? 0)
  if (status < 200 || status > 299) return new ProxyRefusal(status, `the proxy answered ${status}`, withCredentials)
  // The bank's side speaks second in TLS: bytes behind the proxy's answer are no part of a tunnel.
  return end + 4 === head.length ? null : new ProxyRefusal(0, 'the proxy sent more than its answer')
}
