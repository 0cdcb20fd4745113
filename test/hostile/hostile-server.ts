/** A page somebody else serves from this machine: it keeps what browsers send it. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HostileServer {
  readonly port: number
  /** Headers and address of every request, in order. */
  readonly seen: readonly { readonly url: string; readonly headers: IncomingHttpHeaders }[]
  close(): Promise<void>
}

export async function openHostileServer(): Promise<HostileServer> {
  const seen: { url: string; headers: IncomingHttpHeaders }[] = []
  const server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers })
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>hostile</title><body></body>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
