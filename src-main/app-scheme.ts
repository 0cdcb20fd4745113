/** Serves the window's own files, and nothing else of this machine, as app://workbench/. */
import { readFile, realpath } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Protocol } from 'electron'

export const origin = 'app://workbench'
export const page = `${origin}/`

export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

/** Must be called before Electron is ready. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Throws for whatever is not a plain file in the folder under its own name. */
async function fileAt(url: string, folder: string): Promise<string> {
  const { href, pathname } = new URL(url)
  const path = decodeURIComponent(pathname)
  const segments = path.split('/')
  // Backslash and colon mean something on Windows only; no file of ours has them.
  if (!href.startsWith(page) || /[\0\\:]/.test(path) || segments.includes('..') || segments.includes('.'))
    throw new Error('outside')
  const file = join(await realpath(folder), path === '/' ? 'index.html' : path)
  if ((await realpath(file)) !== file) throw new Error('a link')
  return file
}

/** The handler of the scheme: the folder's files, 404 for everything else. */
export function serveFolder(folder: string): (request: Pick<Request, 'method' | 'url'>) => Promise<Response> {
  const answer = (status: number, body: string | Buffer<ArrayBuffer>, type = 'text/plain; charset=utf-8') =>
    new Response(body, {
      status,
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    })
  return async ({ method, url }) => {
    try {
      if (method !== 'GET') return answer(404, 'Not found')
      const file = await fileAt(url, folder)
      return answer(200, await readFile(file), contentTypes[extname(file)] ?? 'application/octet-stream')
    } catch {
      return answer(404, 'Not found')
    }
  }
}
