/** Stopping a call: within 100 ms wherever it is, saying what was sent, and without touching its neighbours. */
import { createServer as createTcpServer, type LookupFunction, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startConnectProxy } from '../../test/servers/connect-proxy.ts'
import { aRequest, createTestBank, type TestBank } from '../../test/servers/test-bank.ts'
import type { Connection } from './connect.ts'
import type { RequestParts } from './sealed-request.ts'
import { createTransport, type Transport } from './transport.ts'

let bank: TestBank
const transports: Transport[] = []

beforeAll(async () => {
  bank = await createTestBank()
})
afterEach(async () => {
  await Promise.all(transports.splice(0).map((transport) => transport.close()))
  await bank.stop()
})

const transportWith = (lookup?: LookupFunction): Transport => {
  const transport = createTransport(lookup === undefined ? {} : { lookup })
  transports.push(transport)
  return transport
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A TCP server that takes connections and says nothing. */
async function silent(): Promise<{ origin: string; sockets: Socket[] }> {
  const sockets: Socket[] = []
  const origin = await bank.listen(
    createTcpServer((socket) => {
      sockets.push(socket)
      socket.on('error', () => {}).resume()
    }),
  )
  return { origin, sockets }
}

interface Scene {
  readonly origin: string
  readonly transport: Transport
  readonly connection?: Partial<Connection>
  readonly parts?: Partial<RequestParts>
}

const never: LookupFunction = () => {}
/** The discard prefix of RFC 6666: packets go nowhere. */
const nowhere: LookupFunction = (_name, _options, done) => done(null, [{ address: '100::1', family: 6 }])

const scenes: Record<string, () => Promise<Scene>> = {
  dns: () => Promise.resolve({ origin: 'https://bank.example', transport: transportWith(never) }),
  tcp: () => Promise.resolve({ origin: 'https://bank.example', transport: transportWith(nowhere) }),
  async proxy() {
    const { origin } = await silent()
    const proxy = { url: origin.replace('https', 'http') }
    return { origin: 'https://bank.example', transport: transportWith(), connection: { proxy } }
  },
  async tls() {
    return { origin: (await silent()).origin, transport: transportWith() }
  },
  async upload() {
    const { cert, key } = bank.server
    const origin = await bank.listen(
      createTlsServer({ cert, key }, (socket) => void socket.on('error', () => {}).pause()),
    )
    return { origin, transport: transportWith(), parts: { method: 'POST', body: Buffer.alloc(64_000_000) } }
  },
  async wait() {
    return { origin: await bank.serve(() => {}), transport: transportWith(), parts: { method: 'POST' } }
  },
  async download() {
    const origin = await bank.serve((_incoming, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('.'), 10)
      response.on('close', () => clearInterval(timer))
    })
    return { origin, transport: transportWith() }
  },
}

const deliveries: Record<string, string> = { upload: 'unknown', wait: 'unknown', download: 'answered' }

describe.each(Object.keys(scenes))('while a call is at %s', (phase) => {
  const delivery = deliveries[phase] ?? 'not-sent'

  it('cancelling ends it at once', async () => {
    const { origin, transport, connection, parts } = await scenes[phase]!()
    const controller = new AbortController()
    const sending = transport.send(aRequest(origin, parts), bank.as(bank.client, 'one', connection), controller.signal)
    await pause(300)
    const started = performance.now()
    controller.abort()
    const report = await sending
    expect(performance.now() - started).toBeLessThan(100)
    expect(report).toMatchObject({ answer: null, phase, delivery, fault: { code: 'CANCELLED' } })
    expect(report.fault?.message).toMatch(delivery === 'not-sent' ? /Nothing was sent/ : /received/)
  })

  it('its deadline ends it and says how far it had come', async () => {
    const { origin, transport, connection, parts } = await scenes[phase]!()
    const request = aRequest(origin, { ...parts, limits: { deadline: 300, bodyCap: 1000 } })
    const started = performance.now()
    const report = await transport.send(request, bank.as(bank.client, 'one', connection))
    expect(performance.now() - started).toBeLessThan(500)
    expect(report).toMatchObject({ phase, delivery, fault: { code: 'DEADLINE', details: { phase, delivery } } })
    expect(report.timings.total).toBeGreaterThan(250)
  })
})

describe('stopping', () => {
  it('breaks the connection off: the bank sees its end', async () => {
    const { origin, sockets } = await silent()
    const controller = new AbortController()
    const sending = transportWith().send(aRequest(origin), bank.as(bank.client), controller.signal)
    await pause(100)
    const ended = new Promise((resolve) => sockets[0]?.once('close', resolve))
    controller.abort()
    await sending
    await ended
  })

  it('does not touch another call whose connection is being made at that moment', async () => {
    const proxy = await startConnectProxy({ delay: 60 })
    const origin = await bank.serve((_incoming, response) => response.end('x'))
    const transport = transportWith()
    const connection = bank.as(bank.client, 'one', { proxy: { url: proxy.url } })
    const controller = new AbortController()
    const first = transport.send(aRequest(origin), connection, controller.signal)
    const second = transport.send(aRequest(origin), connection)
    await pause(100)
    controller.abort()
    expect((await first).fault?.code).toBe('CANCELLED')
    const report = await second
    expect(report.fault).toBeNull()
    expect(report.answer?.status).toBe(200)
    await transport.close()
    await proxy.stop()
  })

  it('sends nothing when it was cancelled before it began', async () => {
    let connections = 0
    const origin = await bank.serve((_incoming, response) => response.end())
    bank.last().on('connection', () => {
      connections += 1
    })
    const report = await transportWith().send(aRequest(origin), bank.as(bank.client), AbortSignal.abort())
    expect(report).toMatchObject({ delivery: 'not-sent', fault: { code: 'CANCELLED' } })
    await pause(50)
    expect(connections).toBe(0)
  })
})
