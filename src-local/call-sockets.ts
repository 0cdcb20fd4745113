/** Carries the contract's calls: one WebSocket per tab, opened only by our own page with the cookie of a session. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Workbench } from '#core/workbench.ts'
import { refuseConnection } from './answer.ts'
import { isFromOwnPage } from './guard.ts'

const mostSockets = 20
/** Bytes of one frame: the 20 MB an import of a bank may have, written as JSON strings. */
const mostPayload = 44 * 1024 * 1024
/** Milliseconds between two pings; a tab that left the last one unanswered is gone. */
const pingEvery = 30_000

export interface CallSockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Sockets open now. */
  count(): number
  close(): void
}

/** Pings until the socket closes; ends one whose other side no longer answers. */
function keepAlive(socket: WebSocket, every: number): void {
  let answered = true
  const timer = setInterval(() => {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
  }, every)
  timer.unref()
  socket.on('pong', () => {
    answered = true
  })
  socket.on('close', () => clearInterval(timer))
}

export function createCallSockets(
  { router, intercept }: Pick<Workbench, 'router' | 'intercept'>,
  hasSession: (request: IncomingMessage) => boolean,
): CallSockets {
  const handler = new RPCHandler(router, { clientInterceptors: [intercept] })
  const server = new WebSocketServer({ noServer: true, maxPayload: mostPayload, perMessageDeflate: false })
  server.on('wsClientError', (_error, socket) => refuseConnection(socket, 400))
  server.on('connection', (socket) => {
    // A frame too long or broken closes the socket; that is all there is to do about it.
    socket.on('error', () => undefined)
    keepAlive(socket, pingEvery)
    // When the socket closes, its streams end and its calls are told; `requests.dispatch` is deaf to that by design.
    void handler.upgrade(socket)
  })
  return {
    upgrade(request, socket, head) {
      const wanted = request.method === 'GET' && request.url === '/rpc'
      if (!wanted || !isFromOwnPage(request) || !hasSession(request)) return refuseConnection(socket, 403)
      if (server.clients.size >= mostSockets) return refuseConnection(socket, 503)
      server.handleUpgrade(request, socket, head, (opened) => server.emit('connection', opened, request))
    },
    count: () => server.clients.size,
    close() {
      for (const socket of server.clients) {
        socket.close(1001)
        // A tab that does not answer must not keep the program alive.
        setTimeout(() => socket.terminate(), 500).unref()
      }
      server.close()
    },
  }
}
