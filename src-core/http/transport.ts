/** The one way out: keeps a pool of connections per identity and origin and sends sealed requests over it. */
import { Agent } from 'undici'
import { type CallReport, call } from './call.ts'
import { type Connection, type Connector, createConnector } from './connect.ts'
import type { SealedRequest } from './sealed-request.ts'

/** Bytes of an answer's header section. */
const headerCap = 64 * 1024

/** Methods that may be sent twice (RFC 9110 section 9.2.2) when a kept connection turns out to be closed. */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

interface Pool {
  readonly secureContext: Connection['secureContext']
  readonly agent: Agent
  readonly connector: Connector
}

export interface Transport {
  /** Sends once and reports; never throws. Redirects are results: nothing is followed. */
  send(request: SealedRequest, connection: Connection, signal?: AbortSignal): Promise<CallReport>
  /** Closes every connection, or those of one identity. */
  close(identity?: string): Promise<void>
}

export function createTransport(): Transport {
  const pools = new Map<string, Pool>()

  const poolFor = (origin: string, connection: Connection): Pool => {
    const key = `${connection.id} ${origin}`
    const kept = pools.get(key)
    if (kept?.secureContext === connection.secureContext) return kept
    // Other trust or another key under the same name: what was agreed on before does not hold for it.
    if (kept !== undefined) void kept.agent.close()
    const connector = createConnector(connection)
    const agent = new Agent({
      connect: connector.connect,
      pipelining: 1,
      maxHeaderSize: headerCap,
      // The call's own deadline covers the whole call; a dripping body never trips a per-chunk timeout.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 30_000,
    })
    const pool = { agent, connector, secureContext: connection.secureContext }
    pools.set(key, pool)
    return pool
  }

  return {
    async send(request, connection, signal) {
      const pool = poolFor(request.url.origin, connection)
      const attempt = () =>
        call(request, {
          dispatcher: pool.agent,
          withCertificate: connection.clientCertificate !== null,
          signal,
          abandon: pool.connector.abandon,
        })
      const report = await attempt()
      return report.stale && idempotent.has(request.method) ? attempt() : report
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
