/** The listener takes the one right hit, and leaves nothing open behind it. */
import { createServer, request } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '#shared/fault.ts'
import { type CallbackListener, type Judge, listenForCallback } from './callback-listener.ts'
import { callbackHeaders } from './callback-page.ts'
import { freeCallback } from './free-callback.ts'

let uri: string
let port: number
const listeners: CallbackListener[] = []
const sockets: Socket[] = []

beforeEach(async () => {
  uri = await freeCallback('ica-banken')
  port = Number(new URL(uri).port)
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const listener of listeners.splice(0)) await listener.close()
})

const accept: Judge = () => {}
/** As authorising judges. */
const wantsState: Judge = (parameters) => {
  if (parameters.get('state') !== 'state-canary') throw new Fault('ACCESS_STATE')
}

async function listen(judge: Judge = accept, timeout = 20_000, signal?: AbortSignal): Promise<CallbackListener> {
  const listener = await listenForCallback(uri, judge, timeout, signal)
  listeners.push(listener)
  return listener
}

interface Page {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly text: string
}

function hit(path: string, options: { method?: string; host?: string } = {}): Promise<Page> {
  const { method = 'GET', host = `127.0.0.1:${port}` } = options
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers: { host }, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
      .on('error', reject)
      .end()
  })
}

/** Whether anything accepts connections at the port. */
const isOpen = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    }).on('error', () => resolve(false))
  })

const right = '/callback/ica-banken?code=code-canary&state=state-canary'

describe('the right hit', () => {
  it('gives its parameters and closes the port', async () => {
    const { callback } = await listen(wantsState)
    const page = await hit(right)
    expect(page.status).toBe(200)
    expect(Object.fromEntries(await callback)).toEqual({ code: 'code-canary', state: 'state-canary' })
    await expect.poll(isOpen).toBe(false)
  })

  it('shows a page without code and state, under a policy that allows its own script alone', async () => {
    await listen()
    const { text, headers } = await hit(right)
    expect(text).not.toMatch(/canary/)
    expect(text).toContain("history.replaceState(null,'',location.pathname)")
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': callbackHeaders['content-security-policy'],
    })
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-/,
    )
    expect(headers['content-security-policy']).not.toMatch(/unsafe|http|\*/)
  })

  it('is the only one: a second is refused', async () => {
    const { callback } = await listen()
    const [first, second] = await Promise.all([
      hit(right),
      hit('/callback/ica-banken?code=other').catch((error: NodeJS.ErrnoException) => error.code ?? 'error'),
    ])
    expect(
      [first.status, typeof second === 'string' ? second : second.status].filter((each) => each === 200),
    ).toHaveLength(1)
    expect((await callback).getAll('code')).toHaveLength(1)
    await expect(hit(right)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})

describe('other hits', () => {
  it.each<[string, string, { method?: string; host?: string }]>([
    ['another path', '/', {}],
    ['a longer path', '/callback/ica-banken/x?code=a', {}],
    ['the path of another bank', '/callback/other?code=a', {}],
    ['the icon', '/favicon.ico', {}],
    ['another method', right, { method: 'POST' }],
    ['a question about the head', right, { method: 'HEAD' }],
    ['another Host', right, { host: 'evil.example' }],
    ['Host localhost', right, { host: 'localhost' }],
    ['Host without the port', right, { host: '127.0.0.1' }],
    ['what is no path', '//', {}],
    ['what is no address', 'http://[', {}],
    ['an address of elsewhere', 'http://evil.example/callback/ica-banken?code=a', {}],
    ['two slashes', '//evil.example/callback/ica-banken?code=a', {}],
    ['a star', '*', { method: 'OPTIONS' }],
  ])('%s get 404 and change nothing', async (_, path, options) => {
    const { callback } = await listen(wantsState)
    const page = await hit(path, options)
    expect(page.status).toBe(404)
    expect(page.text).not.toMatch(/canary/)
    expect((await hit(right)).status).toBe(200)
    expect((await callback).get('code')).toBe('code-canary')
  })
})

describe('a hit that is refused', () => {
  it.each([
    ['a wrong state', '/callback/ica-banken?code=code-canary&state=state-evil'],
    ['no state', '/callback/ica-banken?code=code-canary'],
    ['nothing at all', '/callback/ica-banken'],
  ])('%s gets 400, ends the waiting and closes the port', async (_, path) => {
    const { callback } = await listen(wantsState)
    const page = await hit(path)
    expect(page.status).toBe(400)
    expect(page.text).not.toMatch(/canary|evil/)
    await expect(callback).rejects.toMatchObject({ code: 'ACCESS_STATE' })
    await expect.poll(isOpen).toBe(false)
  })
})

describe('the end of waiting', () => {
  it('comes with the timeout', async () => {
    const { callback } = await listen(accept, 30)
    await expect(callback).rejects.toMatchObject({ code: 'ACCESS_TIMEOUT' })
    await expect.poll(isOpen).toBe(false)
  })

  it('comes with the signal, before or while', async () => {
    const stop = new AbortController()
    const { callback } = await listen(accept, 20_000, stop.signal)
    expect(await isOpen()).toBe(true)
    stop.abort()
    await expect(callback).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect.poll(isOpen).toBe(false)
    const late = await listen(accept, 20_000, AbortSignal.abort())
    await expect(late.callback).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect.poll(isOpen).toBe(false)
  })

  it('comes with close, as often as one likes', async () => {
    const listener = await listen()
    await Promise.all([listener.close(), listener.close()])
    await listener.close()
    expect(await isOpen()).toBe(false)
  })

  it.each([true, false])(
    'does not wait for a connection over which nothing was sent (hit before: %s)',
    async (hitBefore) => {
      const listener = await listen()
      const idle = connect(port, '127.0.0.1')
      sockets.push(idle)
      await new Promise((resolve) => idle.once('connect', resolve))
      // The server has it too once it has answered one that came later.
      expect((await hit(hitBefore ? right : '/')).status).toBe(hitBefore ? 200 : 404)
      if (hitBefore) await listener.callback
      const started = performance.now()
      await listener.close()
      await new Promise((resolve) => (idle.closed ? resolve(null) : idle.once('close', resolve).resume()))
      expect(performance.now() - started).toBeLessThan(3000)
    },
  )
})

describe('the port', () => {
  it('that is taken is a fault of its own', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
    await expect(listen()).rejects.toMatchObject({
      code: 'ACCESS_PORT_TAKEN',
      details: { port },
      message: expect.stringContaining('tpp register'),
    })
    await new Promise((resolve) => other.close(resolve))
    await listen()
  })

  it('is chosen free, on the loopback address, with a path of the bank', async () => {
    expect(uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback\/ica-banken$/)
    const server = createTcpServer()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    expect((server.address() as AddressInfo).port).toBe(port)
    await new Promise((resolve) => server.close(resolve))
  })
})
