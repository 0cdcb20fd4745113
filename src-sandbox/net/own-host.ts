/** Whether a request was really meant for this loopback server and not steered here by a name that resolves to it. */
import type { IncomingMessage } from 'node:http'

/** Exact comparison, as a rebound DNS name would arrive in `Host` (security: Host exactly ours, else 421). */
export function isOwnHost(request: IncomingMessage, port: number): boolean {
  // An absolute request target would overrule Host (RFC 9112 section 3.2.2).
  if (!request.url?.startsWith('/')) return false
  const hosts = request.headersDistinct.host ?? []
  return hosts.length === 1 && (hosts[0] === `127.0.0.1:${port}` || hosts[0] === `localhost:${port}`)
}
