/** What the network does to a call: resets, half-closes, addresses that lead nowhere, kept connections that are gone. */
import type { LookupFunction } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { aRequest, createTestBank, type TestBank } from '../../test/servers/test-bank.ts'
import type { RequestParts } from './sealed-request.ts'
import { createTransport, type Transport } from './transport.ts'

let bank: TestBank
let transport: Transport

beforeAll(async () => {
  bank = await createTestBank()
})
afterEach(async () => {
  await transport.close()
  await bank.stop()
})

/** A server that speaks TLS and then does what it is told. */
const raw = (act: (socket: TLSSocket, request: string) => void, requestCert = false) =>
  bank.listen(
    createTlsServer(
      { cert: bank.server.cert, key: bank.server.key, requestCert, rejectUnauthorized: false, allowHalfOpen: true },
      (socket) => {
        socket.on('error', () => {})
        socket.once('data', (chunk: Buffer) => act(socket, chunk.toString('latin1')))
      },
    ),
  )

const send = (origin: string, parts: Partial<RequestParts> = {}, lookup?: LookupFunction) => {
  transport = createTransport(lookup === undefined ? {} : { lookup })
  return transport.send(aRequest(origin, parts), bank.anonymous())
}
const payment = { method: 'POST', body: Buffer.from('{"amount":"1.00"}') }

describe('an answer that is lost', () => {
  it('after a payment is "unknown if received"', async () => {
    const received: string[] = []
    const origin = await raw((socket, request) => {
      received.push(request)
      socket.destroy()
    })
    const report = await send(origin, payment)
    expect(report).toMatchObject({ answer: null, delivery: 'unknown', phase: 'wait', retried: false })
    expect(report.fault?.code).toBe('NETWORK_RESET')
    expect(report.fault?.details).toMatchObject({ delivery: 'unknown' })
    expect(report.fault?.message).toContain('It is unknown whether it received the request')
    expect(received).toHaveLength(1)
  })

  it('is told as a half-close', async () => {
    const report = await send(await raw((socket) => void socket.end()), payment)
    expect(report).toMatchObject({ delivery: 'unknown', fault: { code: 'NETWORK_RESET' } })
  })

  it('in the middle of the body had begun', async () => {
    const origin = await raw(
      (socket) => void socket.end('HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"paymentId"'),
    )
    const report = await send(origin, payment)
    expect(report.answer).toBeNull()
    expect(report).toMatchObject({ delivery: 'answered', phase: 'download' })
  })

  it('by a close after a certificate was asked for is probably a refusal', async () => {
    const report = await send(await raw((socket) => void socket.destroy(), true), payment)
    expect(report.fault?.code).toBe('TLS_CLIENT_CERTIFICATE')
    expect(report.delivery).toBe('unknown')
  })
})

describe('a kept connection that the server has closed', () => {
  /** Answers the first request of each connection and drops the connection at the second, unanswered. */
  const dropping = (seen: string[]) =>
    raw((socket, first) => {
      seen.push(first.split(' ')[0]!)
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx')
      socket.once('data', (chunk: Buffer) => {
        seen.push(chunk.toString('latin1').split(' ')[0]!)
        socket.destroy()
      })
    })

  it('is replaced once: a second loss is told', async () => {
    const seen: string[] = []
    const origin = await raw((socket, request) => {
      seen.push(request.split(' ')[0]!)
      if (seen.length > 1) {
        socket.destroy()
        return
      }
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx')
      socket.once('data', () => {
        seen.push('again')
        socket.destroy()
      })
    })
    const connection = bank.anonymous()
    transport = createTransport()
    await transport.send(aRequest(origin), connection)
    const report = await transport.send(aRequest(origin), connection)
    expect(report).toMatchObject({ answer: null, retried: true, fault: { code: 'NETWORK_RESET' } })
    expect(seen).toEqual(['GET', 'again', 'GET'])
  })

  it.each(['GET', 'OPTIONS'])('%s is sent again, once, within the one deadline', async (method) => {
    const seen: string[] = []
    const origin = await dropping(seen)
    const connection = bank.anonymous()
    transport = createTransport()
    await transport.send(aRequest(origin, { method }), connection)
    const report = await transport.send(aRequest(origin, { method }), connection)
    expect(report.answer?.status).toBe(200)
    expect(report).toMatchObject({ retried: true, delivery: 'answered' })
    expect(seen).toEqual([method, method, method])
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is never sent again', async (method) => {
    const seen: string[] = []
    const origin = await dropping(seen)
    const connection = bank.anonymous()
    transport = createTransport()
    await transport.send(aRequest(origin), connection)
    const report = await transport.send(aRequest(origin, { method, body: Buffer.from('{}') }), connection)
    expect(report).toMatchObject({ answer: null, retried: false, delivery: 'unknown', stale: true })
    expect(seen).toEqual(['GET', method])
  })

  it('while nobody was looking costs a POST nothing: the close is noticed before it is sent', async () => {
    const seen: string[] = []
    const origin = await raw((socket, request) => {
      seen.push(request.split(' ')[0]!)
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx')
    })
    const connection = bank.anonymous()
    transport = createTransport()
    await transport.send(aRequest(origin, payment), connection)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const report = await transport.send(aRequest(origin, payment), connection)
    expect(report.answer?.status).toBe(200)
    expect(seen).toEqual(['POST', 'POST'])
  })
})

describe('a name with several addresses', () => {
  const addresses =
    (...list: { address: string; family: number }[]): LookupFunction =>
    (_name, _options, done) =>
      done(null, list)
  const here = { address: '127.0.0.1', family: 4 }

  it.each([
    ['leads nowhere', '100::1'],
    ['is refused', '::1'],
  ])('is reached although its IPv6 address %s', async (_what, address) => {
    const origin = (await bank.serve((_incoming, response) => response.end('x'))).replace('127.0.0.1', 'localhost')
    const started = performance.now()
    const report = await send(origin, {}, addresses({ address, family: 6 }, here))
    expect(report.answer?.status).toBe(200)
    expect(performance.now() - started).toBeLessThan(1500)
    expect(report.timings.tcp).toBeLessThan(1500)
  })

  it('none of which answers is named', async () => {
    const origin = (await bank.serve((_incoming, response) => response.end('x'))).replace('127.0.0.1', 'localhost')
    await bank.stop()
    const report = await send(origin, {}, addresses({ address: '::1', family: 6 }, here))
    expect(report.fault?.code).toBe('NETWORK_REFUSED')
  })
})

it('a name nobody knows is named within 5 s', async () => {
  const started = performance.now()
  const report = await send('https://x.invalid')
  expect(report).toMatchObject({ delivery: 'not-sent', phase: 'dns', fault: { code: 'NETWORK_DNS' } })
  expect(performance.now() - started).toBeLessThan(5000)
})
