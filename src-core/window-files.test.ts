import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentSecurityPolicy, createWindowFiles, windowHeaders } from './window-files.ts'

const scratch = mkdtempSync(join(tmpdir(), 'tpp-window-files-'))
const folder = join(scratch, 'renderer')
const files = createWindowFiles(folder)

beforeAll(() => {
  mkdirSync(join(folder, 'assets', 'deep'), { recursive: true })
  mkdirSync(join(folder, '.git'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>ours</title>')
  for (const name of ['index-1.js', 'index-1.css', 'UPPER.SVG', 'font.woff2', 'worker.mjs', 'unknown.xyz', 'none'])
    writeFileSync(join(folder, 'assets', 'deep', name), name)
  writeFileSync(join(folder, 'a b%2f.js'), 'export {}')
  writeFileSync(join(folder, '.hidden'), 'CANARY')
  writeFileSync(join(folder, '.git', 'config'), 'CANARY')
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

describe("the window's files", () => {
  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/assets/deep/index-1.js', 'text/javascript; charset=utf-8'],
    ['/assets/deep/worker.mjs', 'text/javascript; charset=utf-8'],
    ['/assets/deep/index-1.css', 'text/css; charset=utf-8'],
    ['/assets/deep/UPPER.SVG', 'image/svg+xml'],
    ['/assets/deep/font.woff2', 'font/woff2'],
    ['/assets/deep/unknown.xyz', 'application/octet-stream'],
    ['/assets/deep/none', 'application/octet-stream'],
    ['/a%20b%252f.js', 'text/javascript; charset=utf-8'],
  ])('has %s as %s', async (path, type) => {
    expect((await files.read(path))?.contentType).toBe(type)
  })

  it('has them as they are', async () => {
    expect((await files.read('/'))?.content.toString()).toBe('<!doctype html><title>ours</title>')
  })

  it.each([
    '',
    'index.html',
    '/../secret',
    '/..%2fsecret',
    '/%2e%2e%2fsecret',
    '/assets/..%2f..%2fsecret',
    '/assets/../index.html',
    '/..%5csecret',
    '/..\\secret',
    '/%252e%252e%252fsecret',
    '/..%2frenderer-other/index.html',
    '/.%2findex.html',
    '/index.html%00.js',
    '/%00',
    '/%ff',
    '/%',
    '/index.html::$DATA',
    '/C:%5cWindows%5cwin.ini',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/etc/passwd',
    '/assets',
    '/assets/',
    '/index.html/',
    '/INDEX.HTML%20',
    '/missing.js',
    '/link.html',
    '/inner.html',
    '/up/secret',
    '/.hidden',
    '/.git/config',
    '/__proto__',
    '/constructor',
  ])('has no %s', async (path) => {
    expect(await files.read(path)).toBeNull()
  })

  it('finds what was built since', async () => {
    writeFileSync(join(folder, 'assets', 'later.css'), 'p{}')
    expect((await files.read('/assets/later.css'))?.content.toString()).toBe('p{}')
  })

  it.skipIf(process.platform === 'win32')('does not follow a link put in the place of a file it knows', async () => {
    const file = join(folder, 'assets', 'replaced.js')
    writeFileSync(file, 'export {}')
    expect(await files.read('/assets/replaced.js')).not.toBeNull()
    unlinkSync(file)
    symlinkSync(join(scratch, 'secret'), file)
    expect(await files.read('/assets/replaced.js')).toBeNull()
  })

  it('are none where there is no folder, until there is one', async () => {
    const later = createWindowFiles(join(scratch, 'later'))
    expect(await later.read('/')).toBeNull()
    mkdirSync(join(scratch, 'new'))
    writeFileSync(join(scratch, 'new', 'index.html'), 'ours')
    renameSync(join(scratch, 'new'), join(scratch, 'later'))
    expect((await later.read('/'))?.content.toString()).toBe('ours')
  })
})

describe('the headers of every host', () => {
  it('have the promised policy, to the letter', () => {
    expect(contentSecurityPolicy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(windowHeaders).toEqual({
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
  })
})
