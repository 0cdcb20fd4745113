import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { os } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { fromWire } from '#shared/wire.ts'
import { linkSecret, type OpenedHost, openHost } from '../test/hostile/open-host.ts'
import { openSlowBank } from '../test/hostile/slow-bank.ts'
import { openLocalHost } from './local-host.ts'

let host: OpenedHost
let other: OpenedHost

beforeAll(async () => {
  host = await openHost()
  other = await openHost()
})
afterAll(() => Promise.all([host.close(), other.close()]))

const closed = async (socket: WebSocket): Promise<void> => {
  socket.close()
  await once(socket, 'close')
}

describe('L4: a socket needs our own page and a session', () => {
  it('opens for both', async () => {
    const socket = await host.connect({ origin: host.origin, cookie: await host.session() })
    expect(socket).toBeInstanceOf(WebSocket)
    await closed(socket as WebSocket)
  })

  it.each([
    ['no origin', () => ({})],
    ['another page of this machine', () => ({ origin: other.origin })],
    ['another site', () => ({ origin: 'http://evil.test' })],
    ['a sandboxed frame', () => ({ origin: 'null' })],
    ['another spelling of this machine', () => ({ origin: `http://localhost:${host.port}` })],
    ['a browser that says same-site', () => ({ origin: host.origin, 'sec-fetch-site': 'same-site' })],
  ] as readonly [string, () => Record<string, string>][])('403 with a good cookie and %s', async (_, headers) => {
    expect(await host.connect({ ...headers(), cookie: await host.session() })).toBe(403)
  })

  it('403 without a cookie, and with the one of another host', async () => {
    expect(await host.connect({ origin: host.origin })).toBe(403)
    expect(await host.connect({ origin: host.origin, cookie: await other.session() })).toBe(403)
    const renamed = (await other.session()).replace(String(other.port), String(host.port))
    expect(await host.connect({ origin: host.origin, cookie: renamed })).toBe(403)
  })

  it('403 with a start token in any place but /session', async () => {
    expect(await host.connect({ origin: host.origin }, `/rpc?start=${host.start()}`)).toBe(403)
    const headers = { origin: host.origin, authorization: `Bearer ${host.start()}` }
    expect(await host.connect(headers)).toBe(403)
  })

  it('has one door: other paths are refused alike, with a session or without', async () => {
    const cookie = await host.session()
    for (const path of ['/', '/rpc/', '/rpc/banks/list', '/RPC', '/session', '/rpc?x', '/known', '/unknown']) {
      expect(await host.connect({ origin: host.origin, cookie }, path)).toBe(403)
      expect(await host.connect({ origin: host.origin }, path)).toBe(403)
    }
  })

  it('answers plain requests for calls and ids as for anything unknown', async () => {
    const headers = { cookie: await host.session() }
    const ask = async (path: string) => {
      const response = await fetch(host.origin + path, { headers })
      return { status: response.status, text: await response.text() }
    }
    const unknown = await ask('/no-such-thing')
    for (const path of ['/rpc', '/rpc/history/list', '/history/1', '/identities/acme'])
      expect(await ask(path)).toEqual(unknown)
  })

  it('takes no more than 20', async () => {
    const headers = { origin: host.origin, cookie: await host.session() }
    const sockets = await Promise.all(Array.from({ length: 20 }, () => host.connect(headers)))
    expect(await host.connect(headers)).toBe(503)
    await Promise.all(sockets.map((socket) => closed(socket as WebSocket)))
    const again = await host.connect(headers)
    expect(again).toBeInstanceOf(WebSocket)
    await closed(again as WebSocket)
  })

  it('ends the socket of a tab that no longer answers, and no other', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] })
    try {
      const headers = { origin: host.origin, cookie: await host.session() }
      const silent = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers, autoPong: false })
      await once(silent, 'open')
      const alive = (await host.connect(headers)) as WebSocket
      const pinged = once(alive, 'ping')
      const ended = once(silent, 'close')
      await vi.advanceTimersByTimeAsync(30_000)
      await pinged
      await sleep(50)
      await vi.advanceTimersByTimeAsync(30_000)
      await ended
      expect(alive.readyState).toBe(WebSocket.OPEN)
      await closed(alive)
    } finally {
      vi.useRealTimers()
    }
  })

  it.each([
    ['text that is no message', 'garbage'],
    ['a message of another kind', '{"i":1,"p":null}'],
    ['bytes', Buffer.from([0xff, 0, 1, 2])],
    ['a frame over 16 MiB', Buffer.alloc(16 * 1024 * 1024 + 1)],
  ])('survives %s', async (_, message) => {
    // oRPC says on stderr what it could not read.
    const said = vi.spyOn(console, 'error').mockReturnValue()
    const socket = await host.connect({ origin: host.origin, cookie: await host.session() })
    ;(socket as WebSocket).on('error', () => undefined).send(message)
    await sleep(100)
    said.mockRestore()
    ;(socket as WebSocket).terminate()
    expect((await fetch(host.origin)).status).toBe(200)
  })
})

describe('calls', () => {
  it('are answered, and faults arrive as faults', async () => {
    const { client, socket } = await host.client()
    expect((await client.banks.list()).map(({ id }) => id)).toContain('ica-banken')
    const fault = await client.history.show({ id: 'none' }).catch(fromWire)
    expect(fault).toMatchObject({ code: 'EXCHANGE_UNKNOWN' })
    const invalid = await client.history.list({ limit: 0 }).catch(fromWire)
    expect(invalid).toMatchObject({ code: 'INPUT_INVALID', details: { field: 'limit' } })
    await closed(socket)
  })

  it('stream changes to whoever listens', async () => {
    const [one, two] = [await host.client(), await host.client()]
    const changes = await one.client.workspace.changes()
    const next = changes.next()
    await two.client.workspace.lock()
    expect(await next).toMatchObject({ done: false, value: { area: 'workspace' } })
    await Promise.all([closed(one.socket), closed(two.socket)])
  })

  it('end their streams with the socket', async () => {
    let streams = 0
    const ticks = os.handler(async function* ({ signal }) {
      streams += 1
      try {
        for (;;) {
          yield 'tick'
          await sleep(10, undefined, { signal: signal! })
        }
      } finally {
        streams -= 1
      }
    })
    const { windowFolder: window, workbench } = host
    const streaming = await openLocalHost({
      window,
      workbench: { router: { ticks } as never, intercept: workbench.intercept },
      linkSecret,
    })
    const origin = `http://127.0.0.1:${streaming.port}`
    const response = await fetch(`${origin}/session`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ start: new URL(streaming.link()).hash.slice('#start='.length) }),
    })
    const cookie = response.headers.getSetCookie()[0]!.split(';')[0]!
    const socket = new WebSocket(`ws://127.0.0.1:${streaming.port}/rpc`, { headers: { origin, cookie } })
    await once(socket, 'open')
    socket.send(JSON.stringify({ i: '1', p: { u: '/ticks', b: {} } }))
    await expect.poll(() => streams, { timeout: 10_000 }).toBe(1)
    socket.terminate()
    await expect.poll(() => streams, { timeout: 10_000 }).toBe(0)
    await streaming.close()
  })

  it('that were dispatched finish although their tab has gone, and are in history', async () => {
    const bank = await openSlowBank(host.dataFolder)
    const [gone, stays] = [await host.client(), await host.client()]
    const draft = {
      bank: 'ica-banken',
      operation: 'ica-accounts-list',
      parameters: { 'PSU-IP-Address': '192.0.2.7' },
      identity: 'none',
      grant: 'none',
      insist: true,
    }
    const lost = gone.client.requests.dispatch({ call: 'lost-tab', draft }).catch(() => 'lost')
    await bank.arrived()
    expect(await stays.client.history.list({})).toEqual([])
    gone.socket.terminate()
    await sleep(100)
    expect((await stays.client.requests.running()).map(({ call }) => call)).toEqual(['lost-tab'])
    bank.letGo()
    await expect
      .poll(() => stays.client.history.list({}), { timeout: 15_000 })
      .toMatchObject([{ operation: 'ica-accounts-list', status: 200 }])
    expect(await stays.client.requests.running()).toEqual([])
    void lost
    await closed(stays.socket)
    await bank.close()
  })
})
