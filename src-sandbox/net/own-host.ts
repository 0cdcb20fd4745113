/** Whether a request was really meant for this server and not steered here by a name that resolves to it. */
import type { IncomingMessage } from 'node:http'
import { urlHost } from './exposure.ts'

export interface OwnHost {
  readonly port: number
  /** Names and addresses the server goes by. */
  readonly hosts: readonly string[]
}

/** Exact comparison, as a rebound DNS name would arrive in `Host` (security: Host exactly ours, else 421). */
export function isOwnHost(request: IncomingMessage, { port, hosts: own }: OwnHost): boolean {
  // An absolute request target would overrule Host (RFC 9112 section 3.2.2).
  if (!request.url?.startsWith('/')) return false
  const hosts = request.headersDistinct.host ?? []
  return hosts.length === 1 && own.some((name) => hosts[0] === `${urlHost(name)}:${port}`)
}
