/** Serves the window's own files, and nothing else of this machine, as app://workbench/. */
import type { CustomScheme } from 'electron'
import { createWindowFiles, windowHeaders } from '#core/window-files.ts'
import { page } from '#core/window-page.ts'

/** Must be registered before Electron is ready. */
export const appScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true },
}

const notFound = { content: 'Not found', contentType: 'text/plain; charset=utf-8' }

/** The handler of the scheme: the folder's files, 404 for everything else. */
export function serveFolder(folder: string): (request: Pick<Request, 'method' | 'url'>) => Promise<Response> {
  const files = createWindowFiles(folder)
  return async ({ method, url }) => {
    const ours = method === 'GET' && URL.canParse(url) && new URL(url).href.startsWith(page)
    const file = ours ? await files.read(new URL(url).pathname) : null
    const { content, contentType } = file ?? notFound
    const headers = { ...windowHeaders, 'content-type': contentType }
    return new Response(content, { status: file === null ? 404 : 200, headers })
  }
}
