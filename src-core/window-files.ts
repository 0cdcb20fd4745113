/** Reads the window's files and nothing beside them: a path is looked up in the list of what the folder holds, never joined to it. */
import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

/** Nothing but the window's own files and its own connections; no inline code, no frames, nothing from elsewhere. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What every host sends with every answer, whatever its status. */
export const windowHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

export interface WindowFile {
  readonly content: Buffer<ArrayBuffer>
  readonly contentType: string
}

export interface WindowFiles {
  /** @param path as a browser asks for it: percent-encoded, without a query; `/` is the page. null for what is no file. */
  read(path: string): Promise<WindowFile | null>
}

/** Paths as a browser asks for them, with the file of each. Symbolic links are no files, so none leads out. */
async function listFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const visible = files.filter(
    (file) =>
      !relative(folder, file)
        .split(sep)
        .some((part) => part.startsWith('.')),
  )
  return new Map(visible.map((file) => [`/${relative(folder, file).replaceAll(sep, '/')}`, file]))
}

/** null for what is no file: the answer to an unreadable one is the same as to an unknown one. */
async function readPlain(file: string): Promise<Buffer<ArrayBuffer> | null> {
  try {
    // The list may be older than a link put in the file's place. (Windows has no such flag: 0 there.)
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    return await handle.readFile()
  } catch {
    return null
  }
}

function decode(path: string): string | null {
  try {
    return path === '/' ? '/index.html' : decodeURIComponent(path)
  } catch {
    return null
  }
}

/** Touches nothing until the first read; a folder that is not there holds no file. */
export function createWindowFiles(folder: string): WindowFiles {
  let files: ReadonlyMap<string, string> = new Map()
  return {
    async read(asked) {
      const path = decode(asked)
      if (path === null) return null
      // Nothing was listed yet, or what was built again since has other names.
      if (!files.has(path)) files = await listFiles(folder).catch(() => files)
      const file = files.get(path)
      const content = file === undefined ? null : await readPlain(file)
      if (content === null) return null
      return { content, contentType: contentTypes[extname(path).toLowerCase()] ?? 'application/octet-stream' }
    },
  }
}
