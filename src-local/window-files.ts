/** The door to the window's files: who may read them, and what the answer says with them. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createWindowFiles } from '#core/window-files.ts'
import { Fault } from '#shared/fault.ts'
import { answer, securityHeaders } from './answer.ts'
import { mayRead } from './guard.ts'

export interface WindowDoor {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/** Throws FILE_UNREADABLE when the folder holds no window. */
export async function openWindowFiles(folder: string): Promise<WindowDoor> {
  const files = createWindowFiles(folder)
  if ((await files.read('/')) === null)
    throw new Fault('FILE_UNREADABLE', `There is no window in ${folder}. Build it first: npm run build`, { folder })
  return {
    async serve(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return answer(response, { status: 405, headers: { allow: 'GET, HEAD' } })
      if (!mayRead(request)) return answer(response, { status: 403 })
      const [path = ''] = (request.url ?? '').split('?')
      const file = await files.read(path)
      if (file === null) return answer(response, { status: 404, text: 'There is no such file.' })
      response.writeHead(200, {
        ...securityHeaders,
        'content-type': file.contentType,
        'content-length': file.content.length,
      })
      response.end(request.method === 'HEAD' ? undefined : file.content)
    },
  }
}
