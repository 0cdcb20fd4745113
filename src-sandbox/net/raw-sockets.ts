/** Finds the TCP socket under a TLS connection, which is the only place where a connection can be reset. */
import type { Server, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

const sockets = new Map<string, Socket>()

const nameOf = ({ localPort, remoteAddress, remotePort }: Socket): string =>
  `${localPort} ${remoteAddress} ${remotePort}`

/** Remembers the sockets of a server while they are open. */
export function rememberSockets(server: Server): void {
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket)
    sockets.set(name, socket)
    socket.once('close', () => {
      if (sockets.get(name) === socket) sockets.delete(name)
    })
  })
}

/** Ends a connection with RST (RFC 9293 section 3.5): what is under way in either direction is lost. */
export function resetConnection(socket: Socket): void {
  const raw = sockets.get(nameOf(socket)) ?? (socket instanceof TLSSocket ? null : socket)
  raw?.resetAndDestroy()
  socket.destroy()
}
