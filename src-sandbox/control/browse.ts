/** The customer's browser, as far as the sandbox plays it: one request, without scripts and without following redirects. */
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import type { Exposure } from '#sandbox/net/exposure.ts'
import type { Browse } from './steering.ts'

const timeoutMilliseconds = 15_000

const headersOf = (incoming: IncomingMessage): [string, string][] =>
  Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))

async function responseOf(incoming: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = []
  for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part)
  const status = incoming.statusCode ?? 500
  const mayHaveBody = status >= 200 && ![204, 205, 304].includes(status)
  return new Response(mayHaveBody ? Buffer.concat(parts) : null, { status, headers: headersOf(incoming) })
}

/** @param ca PEM of the CA that signed the pages' own certificates. */
export function openBrowse({ address, hosts }: Exposure, ca: string): Browse {
  // The name the sandbox goes by elsewhere need not resolve here.
  const here = ['0.0.0.0', '::'].includes(address) ? '127.0.0.1' : address
  return (url, form) =>
    new Promise((resolve, reject) => {
      const own = hosts.includes(url.hostname.replace(/^\[|\]$/g, ''))
      const isTls = url.protocol === 'https:'
      const outgoing = (isTls ? requestHttps : requestHttp)(
        url,
        {
          method: form ? 'POST' : 'GET',
          headers: {
            accept: 'text/html,application/xhtml+xml',
            host: url.host,
            ...(form ? { origin: url.origin, 'content-type': 'application/x-www-form-urlencoded' } : {}),
          },
          ...(own ? { hostname: here } : {}),
          ...(isTls ? { ca, ...(own && !isIP(url.hostname) ? { servername: url.hostname } : {}) } : {}),
          signal: AbortSignal.timeout(timeoutMilliseconds),
          agent: false,
        },
        (incoming) => void responseOf(incoming).then(resolve, reject),
      )
      outgoing.on('error', reject)
      outgoing.end(form?.toString())
    })
}
