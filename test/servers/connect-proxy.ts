/** A forward proxy (HTTP CONNECT) for tests: says what it was asked and every byte it saw, and can be slow or unwilling. */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export interface ProxyState {
  /** Answers this instead of opening the tunnel. */
  readonly refuse?: string
  /** `user:password` it wants. */
  readonly credentials?: string
  /** Milliseconds added to each direction. */
  readonly delay?: number
}

export interface RunningProxy {
  readonly url: string
  /** The heads of the requests it got. */
  readonly asked: string[]
  /** Everything that came from the client behind them. */
  seen(): Buffer
  /** Tunnels opened so far. */
  tunnels(): number
  stop(): Promise<void>
}

/** Hands bytes on after a while, in order. */
function pass(from: Socket, to: Socket, delay: number): void {
  from.on('data', (chunk: Buffer) => {
    if (delay === 0) to.write(chunk)
    else setTimeout(() => to.writable && to.write(chunk), delay)
  })
  from.on('close', () => setTimeout(() => to.destroy(), delay))
  from.on('error', () => to.destroy())
}

export async function startConnectProxy({ refuse, credentials, delay = 0 }: ProxyState = {}): Promise<RunningProxy> {
  const asked: string[] = []
  const seen: Buffer[] = []
  const sockets = new Set<Socket>()
  let tunnels = 0
  const expected =
    credentials === undefined ? null : `Proxy-Authorization: Basic ${Buffer.from(credentials).toString('base64')}`

  const answer = (client: Socket, head: string) => {
    asked.push(head)
    const [, host = '', port = ''] = /^CONNECT (\S+):(\d+) HTTP\/1\.1\r\n/.exec(head) ?? []
    if (refuse !== undefined) client.end(refuse)
    else if (host === '') client.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    else if (expected !== null && !head.includes(expected))
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="p"\r\n\r\n')
    else {
      const bank = connect({ host: host.replace(/^\[|\]$/g, ''), port: Number(port) })
      bank.setNoDelay(true)
      sockets.add(bank)
      tunnels += 1
      bank.once('connect', () => setTimeout(() => client.write('HTTP/1.1 200 OK\r\n\r\n'), delay))
      client.on('data', (chunk: Buffer) => seen.push(chunk))
      pass(client, bank, delay)
      pass(bank, client, delay)
    }
  }
  const server: Server = createServer((client) => {
    sockets.add(client)
    client.setNoDelay(true)
    client.on('error', () => {})
    let head = ''
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      client.off('data', read)
      answer(client, head)
    }
    client.on('data', read)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    seen: () => Buffer.concat(seen),
    tunnels: () => tunnels,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
