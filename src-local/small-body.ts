/** Reads the body of a request that has no reason to be long. */
import type { IncomingMessage } from 'node:http'

const mostBytes = 1024

/** null when it is longer than 1 KiB; the rest is then not read. */
export async function readSmallBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer)
    size += (chunk as Buffer).length
    if (size > mostBytes) return null
  }
  return Buffer.concat(chunks).toString('utf8')
}
