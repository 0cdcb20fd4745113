/** Serves the window's files and nothing beside them: a path is looked up in the list of what the folder holds, never joined to it. */
import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { Fault } from '#shared/fault.ts'
import { answer, securityHeaders } from './answer.ts'
import { mayRead } from './guard.ts'

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

export interface WindowFiles {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>
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
async function read(file: string): Promise<Buffer | null> {
  try {
    // The list may be older than a link put in the file's place. (Windows has no such flag: 0 there.)
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    return await handle.readFile()
  } catch {
    return null
  }
}

function pathOf(request: IncomingMessage): string | null {
  const [path = ''] = (request.url ?? '').split('?')
  try {
    return path === '/' ? '/index.html' : decodeURIComponent(path)
  } catch {
    return null
  }
}

/** Throws FILE_UNREADABLE when the folder holds no window. */
export async function openWindowFiles(folder: string): Promise<WindowFiles> {
  let files = await listFiles(folder).catch(() => new Map<string, string>() as ReadonlyMap<string, string>)
  if (!files.has('/index.html'))
    throw new Fault('FILE_UNREADABLE', `There is no window in ${folder}. Build it first: npm run build`, { folder })

  const find = async (path: string | null): Promise<Buffer | null> => {
    if (path === null) return null
    // What was built again since has other names.
    if (!files.has(path)) files = await listFiles(folder).catch(() => files)
    const file = files.get(path)
    return file === undefined ? null : read(file)
  }
  return {
    async serve(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return answer(response, { status: 405, headers: { allow: 'GET, HEAD' } })
      if (!mayRead(request)) return answer(response, { status: 403 })
      const path = pathOf(request)
      const content = await find(path)
      if (path === null || content === null) return answer(response, { status: 404, text: 'There is no such file.' })
      response.writeHead(200, {
        ...securityHeaders,
        'content-type': contentTypes[extname(path).toLowerCase()] ?? 'application/octet-stream',
        'content-length': content.length,
      })
      response.end(request.method === 'HEAD' ? undefined : content)
    },
  }
}
