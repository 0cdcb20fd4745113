import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenedHost, openHost, page } from '../test/hostile/open-host.ts'
import { rawRequest } from '../test/hostile/raw-request.ts'
import { securityHeaders } from './answer.ts'
import { openLocalHost } from './local-host.ts'

let host: OpenedHost
const own = (): string => `127.0.0.1:${host.port}`

beforeAll(async () => {
  host = await openHost()
})
afterAll(() => host.close())

const refusedAt = (address: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port: host.port })
    socket.once('connect', () => {
      socket.destroy()
      resolve('connected')
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
  })

describe('L1: only this machine reaches it', () => {
  const others = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address)

  it.each(others)('refuses a connection to %s, an address of this machine others can reach', async (address) => {
    expect(await refusedAt(address)).toBe('ECONNREFUSED')
  })

  it.runIf(process.platform === 'linux')('listens at 127.0.0.1, not on the whole loopback network', async () => {
    expect(await refusedAt('127.0.0.2')).toBe('ECONNREFUSED')
    expect(await refusedAt('127.0.0.1')).toBe('connected')
  })
})

describe('L3: who calls it by another name is refused before anything else', () => {
  const ways: readonly (readonly [string, (port: number) => string[]])[] = [
    ['no Host', () => ['GET / HTTP/1.1']],
    ['no Host in HTTP/1.0', () => ['GET / HTTP/1.0']],
    ['an empty Host', () => ['GET / HTTP/1.1', 'Host:']],
    ['another name', (port) => ['GET / HTTP/1.1', `Host: rebind.evil.test:${port}`]],
    ['another port', (port) => ['GET / HTTP/1.1', `Host: 127.0.0.1:${port + 1}`]],
    ['no port', () => ['GET / HTTP/1.1', 'Host: 127.0.0.1']],
    ['another loopback address', (port) => ['GET / HTTP/1.1', `Host: 127.0.0.2:${port}`]],
    ['the number form of the address', (port) => ['GET / HTTP/1.1', `Host: 2130706433:${port}`]],
    ['a trailing dot', (port) => ['GET / HTTP/1.1', `Host: localhost.:${port}`]],
    ['upper case', (port) => ['GET / HTTP/1.1', `Host: LOCALHOST:${port}`]],
    ['a name that begins right', (port) => ['GET / HTTP/1.1', `Host: localhost:${port}.evil.test`]],
    ['a user name', (port) => ['GET / HTTP/1.1', `Host: x@127.0.0.1:${port}`]],
    ['two Hosts, both right', (port) => ['GET / HTTP/1.1', `Host: 127.0.0.1:${port}`, `Host: 127.0.0.1:${port}`]],
    ['two Hosts, the second wrong', (port) => ['GET / HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Host: evil.test']],
    ['two Hosts, the first wrong', (port) => ['GET / HTTP/1.1', 'Host: evil.test', `Host: 127.0.0.1:${port}`]],
    ['an absolute form', (port) => [`GET http://127.0.0.1:${port}/ HTTP/1.1`, `Host: 127.0.0.1:${port}`]],
    ['an absolute form of another host', (port) => ['GET http://evil.test/ HTTP/1.1', `Host: 127.0.0.1:${port}`]],
    ['another name and Expect', () => ['POST /session HTTP/1.1', 'Host: evil.test', 'Expect: 100-continue']],
    ['another name and an unknown Expect', () => ['GET / HTTP/1.1', 'Host: evil.test', 'Expect: gold']],
    ['a forwarded right name', (port) => ['GET / HTTP/1.1', 'Host: evil.test', `X-Forwarded-Host: 127.0.0.1:${port}`]],
  ]

  it.each(ways)('421 for %s', async (_, lines) => {
    const { status, text } = await rawRequest(host.port, lines(host.port))
    expect(status, text).toBe(421)
    expect(text).not.toContain('<title>')
    expect(text).not.toContain('100 Continue')
  })

  it.each(['/', '/session', '/link', '/rpc', '/nothing'])('421 for another name at %s', async (path) => {
    expect((await rawRequest(host.port, [`GET ${path} HTTP/1.1`, 'Host: evil.test'])).status).toBe(421)
  })

  it('421 for an upgrade under another name, with a good cookie', async () => {
    const cookie = await host.session()
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
    const lines = ['GET /rpc HTTP/1.1', 'Host: evil.test', 'Origin: http://evil.test', `Cookie: ${cookie}`, ...upgrade]
    expect((await rawRequest(host.port, lines)).status).toBe(421)
  })

  it.each(['127.0.0.1', 'localhost', '[::1]'])('answers as %s', async (name) => {
    expect((await rawRequest(host.port, ['GET / HTTP/1.1', `Host: ${name}:${host.port}`])).status).toBe(200)
  })

  it('does not connect anyone to anywhere', async () => {
    const { text } = await rawRequest(host.port, ['CONNECT evil.test:443 HTTP/1.1', `Host: ${own()}`])
    expect(text).not.toContain('200')
  })
})

describe('L5: headers of every answer', () => {
  const answers: readonly (readonly [number, string[]])[] = [
    [200, ['GET / HTTP/1.1', 'Host: OWN']],
    [200, ['HEAD / HTTP/1.1', 'Host: OWN']],
    [404, ['GET /nothing HTTP/1.1', 'Host: OWN']],
    [405, ['POST / HTTP/1.1', 'Host: OWN', 'Content-Length: 0']],
    [405, ['OPTIONS /session HTTP/1.1', 'Host: OWN']],
    [401, ['GET /session HTTP/1.1', 'Host: OWN']],
    [403, ['POST /session HTTP/1.1', 'Host: OWN', 'Content-Length: 0']],
    [403, ['POST /link HTTP/1.1', 'Host: OWN', 'Content-Length: 0']],
    [421, ['GET / HTTP/1.1', 'Host: evil.test']],
    [403, ['GET /rpc HTTP/1.1', 'Host: OWN', 'Connection: Upgrade', 'Upgrade: websocket']],
    [400, ['GET / HTTP/1.1', 'Host OWN']],
  ]

  it.each(answers)('%i to %j', async (status, lines) => {
    const { text, ...got } = await rawRequest(
      host.port,
      lines.map((line) => line.replace('OWN', own())),
    )
    expect(got.status, text).toBe(status)
    const headers = text.toLowerCase()
    for (const [name, value] of Object.entries(securityHeaders))
      expect(headers).toContain(`${name}: ${value.toLowerCase()}\r\n`)
    expect(headers).not.toContain('access-control-')
  })

  it('has the promised policy, to the letter', () => {
    expect(securityHeaders['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
  })
})

describe('the window, and nothing beside it', () => {
  it('serves its files with their types', async () => {
    const index = await fetch(`${host.origin}/?from=link`)
    expect(index.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await index.text()).toBe(page)
    const types = await Promise.all(
      ['/index.html', '/window.js', '/assets/icon.svg'].map(async (path) =>
        (await fetch(host.origin + path)).headers.get('content-type'),
      ),
    )
    expect(types).toEqual(['text/html; charset=utf-8', 'text/javascript; charset=utf-8', 'image/svg+xml'])
  })

  it('says the length and no more to HEAD', async () => {
    const { text } = await rawRequest(host.port, ['HEAD / HTTP/1.1', `Host: ${own()}`, 'Connection: close'])
    expect(text).toContain(`content-length: ${page.length}`)
    expect(text.endsWith('\r\n\r\n')).toBe(true)
  })

  it('finds what was built since', async () => {
    await writeFile(join(host.windowFolder, 'assets', 'later.css'), 'p{}')
    expect((await fetch(`${host.origin}/assets/later.css`)).status).toBe(200)
  })

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/%252e%252e%252fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/....//secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/%ef%bc%8e%ef%bc%8e/secret.txt',
    '//etc/passwd',
    '/etc/passwd',
    '/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/file:///etc/passwd',
    '/%00',
    '/index.html%00.txt',
    '/%',
    '/%zz',
    '/outside/secret.txt',
    '/link.txt',
    '/.hidden',
    '/.git/config',
    '/assets',
    '/assets/',
    '/index.html/',
    '/INDEX.HTML%20',
    '/__proto__',
    '/constructor',
    '/;/index.html',
  ])('404 for %s', async (path) => {
    const outside = join(host.windowFolder, '..', 'outside')
    await mkdir(outside, { recursive: true })
    await writeFile(join(outside, 'secret.txt'), 'CANARY')
    await writeFile(join(host.windowFolder, '..', 'secret.txt'), 'CANARY')
    await writeFile(join(host.windowFolder, '.hidden'), 'CANARY')
    await symlink(outside, join(host.windowFolder, 'outside'), 'junction').catch(() => undefined)
    await symlink(join(outside, 'secret.txt'), join(host.windowFolder, 'link.txt')).catch(() => undefined)
    const { status, text } = await rawRequest(host.port, [`GET ${path} HTTP/1.1`, `Host: ${own()}`])
    expect(status, text).toBe(404)
    expect(text).not.toContain('CANARY')
    expect(text).not.toContain('root:')
  })

  it('refuses to start without a window', async () => {
    const parts = { window: join(host.dataFolder, 'none'), workbench: host.workbench, linkSecret: '' }
    await expect(openLocalHost(parts)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })
})
