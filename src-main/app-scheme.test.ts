import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appScheme, serveFolder } from './app-scheme.ts'

const scratch = mkdtempSync(join(tmpdir(), 'tpp-scheme-'))
const folder = join(scratch, 'renderer')
const serve = serveFolder(folder)
const get = (url: string, method = 'GET') => serve({ method, url })

beforeAll(() => {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>ours</title>')
  writeFileSync(join(folder, 'assets', 'index-1.js'), 'export {}')
  writeFileSync(join(folder, 'assets', 'index-1.css'), 'a {}')
  writeFileSync(join(folder, 'icon.svg'), '<svg/>')
  writeFileSync(join(folder, 'a b%2f.js'), 'export {}')
  writeFileSync(join(scratch, 'secret'), 'CANARY')
  mkdirSync(join(scratch, 'renderer-other'))
  writeFileSync(join(scratch, 'renderer-other', 'index.html'), 'CANARY')
  if (process.platform !== 'win32') {
    symlinkSync(join(scratch, 'secret'), join(folder, 'link.html'))
    symlinkSync(scratch, join(folder, 'up'))
    symlinkSync(join(folder, 'index.html'), join(folder, 'inner.html'))
  }
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the app scheme', () => {
  it('is standard, secure and fetchable, and nothing more', () => {
    expect(appScheme).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    })
  })

  it.each([
    ['app://workbench/', 'text/html; charset=utf-8'],
    ['app://workbench/?a=b#c', 'text/html; charset=utf-8'],
    ['app://workbench/index.html', 'text/html; charset=utf-8'],
    ['app://workbench/assets/index-1.js', 'text/javascript; charset=utf-8'],
    ['app://workbench/assets/index-1.css', 'text/css; charset=utf-8'],
    ['app://workbench/icon.svg', 'image/svg+xml'],
    ['app://workbench/a%20b%252f.js', 'text/javascript; charset=utf-8'],
  ])('serves %s', async (url, type) => {
    const response = await get(url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
  })

  it.each([
    'app://workbench/..%2fsecret',
    'app://workbench/..%2f..%2f..%2f..%2fetc/passwd',
    'app://x/..%2f..%2fetc/passwd',
    'app://workbench/%2e%2e%2fsecret',
    'app://workbench/%2e%2e/secret',
    'app://workbench/../secret',
    'app://workbench/assets/..%2f..%2fsecret',
    'app://workbench/..%5csecret',
    'app://workbench/..\\secret',
    'app://workbench/%252e%252e%252fsecret',
    'app://workbench/..%2frenderer-other/index.html',
    'app://workbench/.%2findex.html',
    'app://workbench/index.html%00.js',
    'app://workbench/%00',
    'app://workbench/%ff',
    'app://workbench/%',
    'app://workbench/index.html::$DATA',
    'app://workbench/C:%5cWindows%5cwin.ini',
    'app://workbench//etc/passwd',
    'app://workbench/%2fetc%2fpasswd',
    'app://workbench/assets',
    'app://workbench/assets/',
    'app://workbench/index.html/',
    'app://workbench/missing.js',
    'app://workbench/link.html',
    'app://workbench/up/secret',
    'app://workbench/inner.html',
    'app://other/index.html',
    'app://workbench.evil.test/index.html',
    'app://workbench:1/index.html',
    'app://user@workbench/index.html',
    'app:///index.html',
    'file:///etc/passwd',
    'https://workbench/index.html',
    'no address',
  ])('answers 404 to %s', async (url) => {
    const response = await get(url)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('Not found')
  })

  it.each(['POST', 'HEAD', 'PUT', 'OPTIONS'])('answers 404 to %s', async (method) => {
    expect((await get('app://workbench/', method)).status).toBe(404)
  })

  it.each(['app://workbench/', 'app://workbench/missing'])('sends the security headers with %s', async (url) => {
    const { headers } = await get(url)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })
})
