/** The loopback server: who asks under a wrong name is refused before anything else is looked at, then every path has its door. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Workbench } from '#core/workbench.ts'
import { type Answer, answer, refuseConnection } from './answer.ts'
import { createCallSockets } from './call-sockets.ts'
import { isForThisHost } from './guard.ts'
import { createLinkDoor } from './link-door.ts'
import { createSessionDoor } from './session-door.ts'
import { openWindowFiles } from './window-files.ts'

export interface LocalHostParts {
  /** Folder of the built window. */
  readonly window: string
  readonly workbench: Pick<Workbench, 'router' | 'intercept'>
  /** What `/link` asks for. */
  readonly linkSecret: string
  /** Milliseconds of a clock that only goes forward. */
  now?(): number
}

export interface LocalHost {
  readonly port: number
  /** An address that opens the window, once. @param lifetime milliseconds; 10 minutes unless less is said */
  link(lifetime?: number): string
  /** Closes every socket and connection. */
  close(): Promise<void>
}

const misdirected: Answer = {
  status: 421,
  text: 'The workbench answers only at its own address.\n',
  headers: { connection: 'close' },
}

type Door = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?')[0]!

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // Not "localhost": that may be any address a hosts file says.
    server.listen({ host: '127.0.0.1', port: 0 }, () => resolve((server.address() as AddressInfo).port))
  })
}

const makeServer = (): Server =>
  createServer({
    // A missing Host is ours to refuse, as any other wrong one.
    requireHostHeader: false,
    insecureHTTPParser: false,
    maxHeaderSize: 16 * 1024,
    headersTimeout: 10_000,
    requestTimeout: 20_000,
    keepAliveTimeout: 5000,
  })

/** Throws FILE_UNREADABLE when there is no window to show. */
export async function openLocalHost({ window, workbench, linkSecret, now }: LocalHostParts): Promise<LocalHost> {
  const files = await openWindowFiles(window)
  let port = 0
  const session = createSessionDoor({ port: () => port, ...(now === undefined ? {} : { now }) })
  const link = (lifetime?: number): string => `http://127.0.0.1:${port}/#start=${session.issueStart(lifetime)}`
  const sockets = createCallSockets(workbench, session.knows)
  const doors: Readonly<Record<string, Door>> = {
    '/session': session.serve,
    '/link': createLinkDoor(linkSecret, link),
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isForThisHost(request, port)) return answer(response, misdirected)
    const path = pathOf(request)
    const door = Object.hasOwn(doors, path) ? doors[path]! : files.serve
    try {
      await door(request, response)
    } catch {
      // Mostly a connection that ended under our hands.
      if (response.headersSent) response.destroy()
      else answer(response, { status: 500 })
    }
  }

  const server = makeServer()
  const onRequest = (request: IncomingMessage, response: ServerResponse) => void serve(request, response)
  server.on('request', onRequest)
  // Without listeners Node would answer these by itself, before the host's name was looked at.
  server.on('checkContinue', onRequest)
  server.on('checkExpectation', onRequest)
  server.on('upgrade', (request, socket, head) => {
    if (isForThisHost(request, port)) sockets.upgrade(request, socket, head)
    else refuseConnection(socket, 421)
  })
  server.on('clientError', (_error, socket) => {
    if (socket.writable) refuseConnection(socket, 400)
    else socket.destroy()
  })
  port = await listen(server)
  return {
    port,
    link,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        sockets.close()
        server.closeAllConnections()
      }),
  }
}
