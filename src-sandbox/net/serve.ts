/** Turns a function from Received to Answer into a listener of node's http and https servers. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { limits } from '#sandbox/state/limits.ts'
import { type Answer, jsonAnswer, type Received } from './answer.ts'

export class BodyTooLarge extends Error {}

const noBody = Buffer.alloc(0)

/** RFC 9112 section 6.3: without either field a request has no body. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'

async function readBody(request: IncomingMessage, largest: number): Promise<Buffer> {
  if (!hasBody(request)) {
    request.resume()
    return noBody
  }
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > largest) throw new BodyTooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function receive(request: IncomingMessage, largest: number): Promise<Received> {
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  return {
    method: request.method ?? 'GET',
    path,
    target: request.url ?? '/',
    query: new URLSearchParams(query.join('?')),
    headers: request.headers,
    body: await readBody(request, largest),
  }
}

/** Nothing of a simulated bank is ever worth keeping or guessing at. */
const headersOfEveryAnswer = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
}

/** False where the client has gone meanwhile. */
function wait(response: ServerResponse, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const gone = (): void => {
      clearTimeout(timer)
      resolve(false)
    }
    const timer = setTimeout(() => {
      response.off('close', gone)
      resolve(true)
    }, milliseconds)
    response.once('close', gone)
  })
}

async function send(response: ServerResponse, answer: Answer): Promise<void> {
  const { delay = 0, transmit } = answer.delivery ?? {}
  if (delay > 0 && !(await wait(response, delay))) return
  for (const [name, value] of Object.entries({ ...headersOfEveryAnswer, ...answer.headers }))
    response.setHeader(name, value)
  response.statusCode = answer.status
  if (transmit) await transmit(response, Buffer.from(answer.body ?? ''))
  else if (answer.body === null) response.end()
  else response.setHeader('content-length', Buffer.byteLength(answer.body)).end(answer.body)
}

function unexpected(cause: unknown): Answer {
  if (cause instanceof BodyTooLarge)
    return jsonAnswer(
      413,
      { error: 'too_large', message: 'The body is larger than the sandbox takes.' },
      'body too large',
      {
        connection: 'close',
      },
    )
  process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`)
  return jsonAnswer(500, { error: 'sandbox_failed', message: 'The local sandbox made a mistake.' }, 'mistake')
}

/** @param largestBody of a request, in bytes. */
export function listener(
  handle: (received: Received, request: IncomingMessage) => Promise<Answer>,
  largestBody: (request: IncomingMessage) => number = () => limits.body,
): RequestListener {
  const work = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await receive(request, largestBody(request))
      .then((received) => handle(received, request))
      .catch(unexpected)
    await send(response, answer)
  }
  return (request, response) => {
    void work(request, response).catch(() => response.destroy())
  }
}
