/** One request to a control API: plain http to this machine, TLS with the sandbox's own CA to another one. */
import { readFile } from 'node:fs/promises'
import type { SandboxRunning } from '#shared/sandbox-protocol.ts'

export interface ControlRequest {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string
  readonly signal: AbortSignal
  readonly redirect: 'error'
}

/** Bytes of an answer; a saved state is the largest. */
const largestAnswer = 32 * 1024 * 1024

async function overTls(url: URL, ca: string, { method, headers, body, signal }: ControlRequest): Promise<Response> {
  // Loaded here: only a sandbox elsewhere is met this way, and the module costs time at start.
  const { request } = await import('node:https')
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, ca, signal, agent: false }, (incoming) => {
      const parts: Buffer[] = []
      let size = 0
      incoming.on('data', (part: Buffer) => {
        size += part.length
        if (size > largestAnswer) incoming.destroy(new Error('The answer is too large.'))
        else parts.push(part)
      })
      incoming.on('error', reject)
      incoming.on('end', () => {
        const status = incoming.statusCode ?? 500
        // The token goes to the URL it was given for and nowhere else.
        if (status >= 300 && status < 400) reject(new Error('The answer is a redirect.'))
        else resolve(new Response(status === 204 ? null : Buffer.concat(parts), { status }))
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

export async function controlFetch(
  running: Pick<SandboxRunning, 'control' | 'ca'>,
  path: string,
  asked: ControlRequest,
): Promise<Response> {
  if (!running.control.startsWith('https:')) return await fetch(running.control + path, asked)
  return await overTls(new URL(running.control + path), await readFile(running.ca, 'utf8'), asked)
}
