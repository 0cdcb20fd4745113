import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { linkSecret, type OpenedHost, openHost } from '../test/hostile/open-host.ts'
import { rawRequest } from '../test/hostile/raw-request.ts'

let now = 0
let host: OpenedHost
let other: OpenedHost

beforeAll(async () => {
  host = await openHost({ now: () => now })
  other = await openHost()
})
afterAll(() => Promise.all([host.close(), other.close()]))
afterEach(() => {
  now = 0
})

const swap = async (start: string, headers?: Record<string, string>) =>
  (await host.postSession(JSON.stringify({ start }), headers)).status
const sessionStatus = async (cookie: string, at = host) =>
  (await fetch(`${at.origin}/session`, { headers: { cookie } })).status

describe('L2: the start token', () => {
  it('is of 256 random bits, in the fragment', () => {
    const links = Array.from({ length: 50 }, () => new URL(host.link()))
    expect(new Set(links.map(({ hash }) => hash)).size).toBe(50)
    for (const { origin, pathname, search, hash } of links) {
      expect({ origin, pathname, search }).toEqual({ origin: host.origin, pathname: '/', search: '' })
      expect(Buffer.from(hash.slice('#start='.length), 'base64url')).toHaveLength(32)
    }
  })

  it('opens one session', async () => {
    const start = host.start()
    expect(await swap(start)).toBe(204)
    expect(await swap(start)).toBe(401)
  })

  it('opens one session when many ask at the same time', async () => {
    const start = host.start()
    const statuses = await Promise.all(Array.from({ length: 20 }, () => swap(start)))
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
  })

  it('is good for ten minutes and no longer', async () => {
    const [early, late] = [host.start(), host.start()]
    now = 10 * 60_000 - 1
    expect(await swap(early)).toBe(204)
    now = 10 * 60_000
    expect(await swap(late)).toBe(401)
  })

  it('is good for less where less was said, and never for more', async () => {
    const [short, long] = [host.link(1000), host.link(99 * 60_000)].map((url) => url.split('#start=')[1]!)
    now = 1000
    expect(await swap(short!)).toBe(401)
    now = 10 * 60_000
    expect(await swap(long!)).toBe(401)
  })

  it('says what to do when it is used up', async () => {
    const response = await host.postSession(JSON.stringify({ start: 'x' }))
    expect(await response.text()).toContain('tpp serve --link')
  })

  it('is not used up by a request that is refused', async () => {
    const start = host.start()
    expect(await swap(start, { origin: other.origin })).toBe(403)
    expect(await swap(start, { 'content-type': 'text/plain' })).toBe(415)
    expect(await swap(start)).toBe(204)
  })

  it('does not open another host', async () => {
    expect(await swap(other.start())).toBe(401)
  })
})

describe('L2: the cookie', () => {
  it('has the port in its name, is kept from scripts and from other sites', async () => {
    const response = await host.postSession(JSON.stringify({ start: host.start() }))
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
    const cookies = response.headers.getSetCookie()
    expect(cookies).toHaveLength(1)
    expect(cookies[0]).toMatch(new RegExp(`^tpp-${host.port}=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=/$`))
  })

  it('outlives the start token', async () => {
    const cookie = await host.session()
    now = 99 * 60_000
    expect(await sessionStatus(cookie)).toBe(204)
  })

  it('is of no use at another host, under either name', async () => {
    const cookie = await host.session()
    expect(await sessionStatus(cookie)).toBe(204)
    expect(await sessionStatus(cookie, other)).toBe(401)
    expect(await sessionStatus(cookie.replace(String(host.port), String(other.port)), other)).toBe(401)
  })

  it.each([
    ['none', () => ''],
    ['an empty one', () => `tpp-${host.port}=`],
    ['a guess', () => `tpp-${host.port}=${'A'.repeat(43)}`],
    ['a start token', () => `tpp-${host.port}=${host.start()}`],
    ['two of the name', (good: string) => `tpp-${host.port}=x; ${good}`],
    ['one with a longer name', (good: string) => `x${good}`],
    ['one that begins right', (good: string) => good.slice(0, -1)],
    ['one that goes on', (good: string) => `${good}x`],
  ])('is not accepted: %s', async (_, forge) => {
    expect(await sessionStatus(forge(await host.session()))).toBe(401)
  })
})

describe('L4: /session hears only our own page', () => {
  const origins = (): (string | null)[] => [
    null,
    'null',
    'http://evil.test',
    other.origin,
    host.origin.replace('http:', 'https:'),
    `${host.origin}/`,
    `${host.origin}.evil.test`,
    host.origin.toUpperCase(),
    // Another spelling of this machine is another origin.
    `http://localhost:${host.port}`,
  ]

  it('refuses every other origin', async () => {
    for (const origin of origins()) {
      const body = JSON.stringify({ start: host.start() })
      const { status, text } = await rawRequest(
        host.port,
        [
          'POST /session HTTP/1.1',
          `Host: 127.0.0.1:${host.port}`,
          ...(origin === null ? [] : [`Origin: ${origin}`]),
          'Content-Type: application/json',
          `Content-Length: ${body.length}`,
        ],
        body,
      )
      expect({ origin, status }).toEqual({ origin, status: 403 })
      expect(text).not.toContain('set-cookie')
    }
  })

  it('refuses two origins', async () => {
    const twice = [`Origin: ${host.origin}`, `Origin: ${host.origin}`]
    const lines = ['POST /session HTTP/1.1', `Host: 127.0.0.1:${host.port}`, ...twice, 'Content-Length: 0']
    expect((await rawRequest(host.port, lines)).status).toBe(403)
  })

  it.each(['cross-site', 'same-site', 'none'])('refuses a browser that says %s', async (site) => {
    expect(await swap(host.start(), { 'sec-fetch-site': site })).toBe(403)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'])(
    'refuses %s',
    async (type) => {
      expect(await swap(host.start(), { 'content-type': type })).toBe(415)
    },
  )

  it.each(['', '{', '[]', 'null', '"x"', '{"start":1}', '{"start":["x"]}', '{"__proto__":{"start":"x"}}'])(
    'refuses the body %s',
    async (body) => {
      expect((await host.postSession(body)).status).toBe(400)
    },
  )

  it('reads no more than it needs', async () => {
    expect((await host.postSession(`{"start":"${'x'.repeat(2000)}"}`)).status).toBe(413)
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s', async (method) => {
    expect((await fetch(`${host.origin}/session`, { method })).status).toBe(405)
  })

  it('gives GET no effect', async () => {
    const start = host.start()
    await fetch(`${host.origin}/session?start=${start}`)
    await fetch(`${host.origin}/?start=${start}`)
    expect(await swap(start)).toBe(204)
  })
})

describe('L4: /link hears only who can read the note', () => {
  const ask = (headers: string[], method = 'POST', secret = linkSecret) =>
    rawRequest(host.port, [
      `${method} /link HTTP/1.1`,
      `Host: 127.0.0.1:${host.port}`,
      `Authorization: Bearer ${secret}`,
      'Content-Length: 0',
      ...headers,
    ])

  it('gives a link that works', async () => {
    const { text } = await ask([])
    const { url } = JSON.parse(text.split('\r\n\r\n')[1]!) as { url: string }
    expect(await swap(url.split('#start=')[1]!)).toBe(204)
  })

  it.each([
    ['our own origin', () => `Origin: ${host.origin}`],
    ['no origin of its own', () => 'Origin: null'],
    ['a referrer', () => 'Referer: http://evil.test/'],
    ['a kind of fetch', () => 'Sec-Fetch-Site: same-origin'],
    ['a mode of fetch', () => 'Sec-Fetch-Mode: no-cors'],
    ['a cookie', () => 'Cookie: x=y'],
    ['a second secret', () => `Authorization: Bearer ${linkSecret}`],
  ])('refuses the right secret with %s, as a browser would send it', async (_, line) => {
    expect((await ask([line()])).status).toBe(403)
  })

  it.each(['', 'x', `${linkSecret}x`, linkSecret.slice(1)])('refuses the secret "%s"', async (secret) => {
    expect((await ask([], 'POST', secret)).status).toBe(403)
  })

  it.each(['GET', 'HEAD', 'PUT', 'OPTIONS'])('refuses %s', async (method) => {
    expect((await ask([], method)).status).toBe(403)
  })

  it('hears no session in the place of the secret', async () => {
    const cookie = await host.session()
    expect((await fetch(`${host.origin}/link`, { method: 'POST', headers: { cookie } })).status).toBe(403)
  })
})
