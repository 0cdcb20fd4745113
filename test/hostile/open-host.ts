/** A local host in this process, over a real workbench in a scratch folder and a small window, with the ways in a test needs. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { resourcesFolder } from '#core/desktop.ts'
import { openWorkbench, type Workbench, type WorkbenchClient } from '#core/workbench.ts'
import { type LocalHost, openLocalHost } from '#local/local-host.ts'
import { Fault } from '#shared/fault.ts'

export const linkSecret = 'link-secret-of-the-test'

export interface OpenedHost extends LocalHost {
  readonly origin: string
  readonly workbench: Workbench
  readonly dataFolder: string
  readonly windowFolder: string
  /** A fresh start token. */
  start(): string
  /** POSTs to `/session` as our own page would, with changes. */
  postSession(body: string, headers?: Record<string, string>): Promise<Response>
  /** The cookie of a new session, `name=value`. */
  session(): Promise<string>
  /** Opens `/rpc`; resolves with the socket, or the status of the refusal. */
  connect(headers: Record<string, string>, path?: string): Promise<WebSocket | number>
  /** A typed client over a new socket of a new session. */
  client(): Promise<{ client: WorkbenchClient; socket: WebSocket }>
}

export const page =
  '<!doctype html><meta charset="utf-8"><title>window</title><script src="/window.js"></script><p>window</p>'

async function makeWindow(folder: string): Promise<void> {
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), page)
  await writeFile(join(folder, 'window.js'), 'globalThis.windowRan = true\n')
  await writeFile(join(folder, 'assets', 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
}

export async function openHost(options: { now?: () => number } = {}): Promise<OpenedHost> {
  const scratch = await mkdtemp(join(tmpdir(), 'tpp-local-'))
  const windowFolder = join(scratch, 'window')
  const dataFolder = join(scratch, 'data')
  await makeWindow(windowFolder)
  const workbench = await openWorkbench({
    dataFolder,
    resourcesFolder: resourcesFolder(),
    secrets: {
      choice: 'vault',
      passphrase: () => Promise.reject(new Fault('VAULT_PASSPHRASE_MISSING')),
    },
    openInBrowser: () => Promise.resolve(false),
    sandboxProgram: { command: process.execPath, args: ['--version'] },
  })
  const host = await openLocalHost({ window: windowFolder, workbench, linkSecret, ...options })
  const origin = `http://127.0.0.1:${host.port}`
  const opened: OpenedHost = {
    ...host,
    origin,
    workbench,
    dataFolder,
    windowFolder,
    start: () => new URL(host.link()).hash.slice('#start='.length),
    postSession: (body, headers = {}) =>
      fetch(`${origin}/session`, {
        method: 'POST',
        body,
        headers: { origin, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
      }),
    async session() {
      const response = await opened.postSession(JSON.stringify({ start: opened.start() }))
      if (response.status !== 204) throw new Error(`no session: ${response.status}`)
      return response.headers.getSetCookie()[0]!.split(';')[0]!
    },
    connect: (headers, path = '/rpc') =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers })
        socket.once('open', () => resolve(socket))
        socket.once('unexpected-response', (request, response) => {
          request.destroy()
          resolve(response.statusCode ?? 0)
        })
        socket.once('error', reject)
      }),
    async client() {
      const socket = await opened.connect({ origin, cookie: await opened.session() })
      if (typeof socket === 'number') throw new Error(`no socket: ${socket}`)
      return { client: createORPCClient(new RPCLink({ websocket: socket as never })), socket }
    },
    async close() {
      await host.close()
      await workbench.close()
      await rm(scratch, { recursive: true, force: true })
    },
  }
  return opened
}
