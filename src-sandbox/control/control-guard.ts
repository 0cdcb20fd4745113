/** Who may steer the sandbox: programs on this machine that hold the token, never a page in a browser. */
import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { headerOf, mediaTypeOf, type Received } from '#sandbox/net/answer.ts'
import { isOwnHost } from '#sandbox/net/own-host.ts'
import { Refusal } from './refusal.ts'

const bearerOf = (received: Received): string =>
  /^Bearer (\S+)$/i.exec(headerOf(received, 'authorization') ?? '')?.[1] ?? ''

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

export function refuseForeignHost(request: IncomingMessage, port: number): void {
  if (!isOwnHost(request, port)) throw new Refusal(421, 'misdirected', 'The Host header does not name this server.')
}

export function refuseStrangers(received: Received, token: string): void {
  // Programs send neither header; a page that got this far is steered by somebody else.
  if (headerOf(received, 'origin') !== undefined || headerOf(received, 'sec-fetch-site') !== undefined)
    throw new Refusal(403, 'browser_refused', 'The control API is not for pages in a browser.')
  if (!isSame(bearerOf(received), token))
    throw new Refusal(401, 'token_wrong', 'The bearer token of running.json is missing or wrong.')
  const hasBody = received.method === 'POST' || received.method === 'PUT'
  if (hasBody && received.body.length > 0 && mediaTypeOf(received) !== 'application/json')
    throw new Refusal(415, 'not_json', 'The body must be application/json.')
}
