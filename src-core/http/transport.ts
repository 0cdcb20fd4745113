/** The one way out: keeps a pool of connections per identity and origin and sends sealed requests over it. */
import type { LookupFunction } from 'node:net'
import Agent from 'undici/lib/dispatcher/agent.js'
import type { BodyFolder } from './body-folder.ts'
import { type CallReport, call } from './call.ts'
import { type Connection, type Connector, createConnector } from './connect.ts'
import { proxyHost } from './proxy-tunnel.ts'
import type { SealedRequest } from './sealed-request.ts'
import { stopSignal } from './stop-signal.ts'

/** Bytes of an answer's header section. */
const headerCap = 64 * 1024

/** Methods that may be sent twice (RFC 9110 section 9.2.2) when a kept connection turns out to be closed. */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

interface Pool {
  readonly secureContext: Connection['secureContext']
  readonly proxy: string | null
  readonly agent: Agent
  readonly connector: Connector
  /** An answer has come over one of its connections. */
  answered: boolean
}

export interface TransportParts {
  /** Takes bodies above 2 MB; without it they stay in memory. The transport does not close it. */
  readonly bodies?: BodyFolder | undefined
  /** Resolves names; left out: the machine's resolver. */
  readonly lookup?: LookupFunction | undefined
}

export interface Transport {
  /** Sends once and reports; never throws. Redirects are results: nothing is followed. */
  send(request: SealedRequest, connection: Connection, signal?: AbortSignal): Promise<CallReport>
  /** Closes every connection, or those of one identity. */
  close(identity?: string): Promise<void>
}

export function createTransport({ bodies, lookup }: TransportParts = {}): Transport {
  const pools = new Map<string, Pool>()

  const poolFor = (origin: string, connection: Connection): Pool => {
    const key = `${connection.id} ${origin}`
    const proxy = connection.proxy ? `${connection.proxy.url} ${connection.proxy.account ?? ''}` : null
    const kept = pools.get(key)
    if (kept?.secureContext === connection.secureContext && kept.proxy === proxy) return kept
    // Other trust, another key or another way under the same name: what was agreed on before does not hold for it.
    if (kept !== undefined) void kept.agent.close()
    const connector = createConnector(connection, lookup)
    const agent = new Agent({
      connect: connector.connect,
      pipelining: 1,
      maxHeaderSize: headerCap,
      // The call's own deadline covers the whole call; a dripping body never trips a per-chunk timeout.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 30_000,
    })
    const pool = { agent, connector, proxy, secureContext: connection.secureContext, answered: false }
    pools.set(key, pool)
    return pool
  }

  return {
    async send(request, connection, signal) {
      const pool = poolFor(request.url.origin, connection)
      const started = performance.now()
      const stop = stopSignal(request.limits.deadline, signal)
      const attempt = (retried: boolean) =>
        call(request, {
          dispatcher: pool.agent,
          withCertificate: connection.clientCertificate !== null,
          proxy: connection.proxy ? proxyHost(connection.proxy) : null,
          folder: bodies ?? null,
          signal: stop.signal,
          started,
          retried,
          answeredBefore: pool.answered,
        })
      try {
        const first = await attempt(false)
        const report = first.stale && idempotent.has(request.method) ? await attempt(true) : first
        pool.answered ||= report.answer !== null
        return report
      } finally {
        stop.free()
      }
    },
    async close(identity) {
      const closing: Promise<void>[] = []
      for (const [key, pool] of pools) {
        if (identity !== undefined && !key.startsWith(`${identity} `)) continue
        pools.delete(key)
        pool.connector.abandon()
        closing.push(pool.agent.destroy())
      }
      await Promise.all(closing)
    },
  }
}
