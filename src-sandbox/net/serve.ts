/** Turns a function from Received to Answer into a listener of node's http and https servers. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type Answer, jsonAnswer, type Received } from './answer.ts'

const largestBody = 1024 * 1024

export class BodyTooLarge extends Error {}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > largestBody) throw new BodyTooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function receive(request: IncomingMessage): Promise<Received> {
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  return {
    method: request.method ?? 'GET',
    path,
    target: request.url ?? '/',
    query: new URLSearchParams(query.join('?')),
    headers: request.headers,
    body: await readBody(request),
  }
}

/** Nothing of a simulated bank is ever worth keeping or guessing at. */
const headersOfEveryAnswer = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
}

function send(response: ServerResponse, answer: Answer): void {
  for (const [name, value] of Object.entries({ ...headersOfEveryAnswer, ...answer.headers }))
    response.setHeader(name, value)
  response.statusCode = answer.status
  if (answer.body === null) response.end()
  else response.setHeader('content-length', Buffer.byteLength(answer.body)).end(answer.body)
}

function unexpected(cause: unknown): Answer {
  if (cause instanceof BodyTooLarge)
    return jsonAnswer(413, { error: 'too_large', message: 'The body is larger than 1 MiB.' }, 'body too large', {
      connection: 'close',
    })
  process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`)
  return jsonAnswer(500, { error: 'sandbox_failed', message: 'The local sandbox made a mistake.' }, 'mistake')
}

export function listener(handle: (received: Received, request: IncomingMessage) => Promise<Answer>): RequestListener {
  const work = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await receive(request)
      .then((received) => handle(received, request))
      .catch(unexpected)
    send(response, answer)
  }
  return (request, response) => {
    void work(request, response).catch(() => response.destroy())
  }
}
