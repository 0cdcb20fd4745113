/** Who may steer the sandbox: programs that hold its token or that of one tenant, never a page in a browser. */
import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { headerOf, mediaTypeOf, type Received } from '#sandbox/net/answer.ts'
import { isOwnHost, type OwnHost } from '#sandbox/net/own-host.ts'
import { Refusal } from './refusal.ts'
import type { Caller } from './steering.ts'
import type { TenantTokens } from './tenant-tokens.ts'

const bearerOf = (received: Received): string =>
  /^Bearer (\S+)$/i.exec(headerOf(received, 'authorization') ?? '')?.[1] ?? ''

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

export function refuseForeignHost(request: IncomingMessage, own: OwnHost): void {
  if (!isOwnHost(request, own)) throw new Refusal(421, 'misdirected', 'The Host header does not name this server.')
}

export interface ControlTokens {
  readonly master: string
  readonly tenants: TenantTokens
}

/** @returns who calls. */
export function refuseStrangers(received: Received, tokens: ControlTokens): Caller {
  // Programs send neither header; a page that got this far is steered by somebody else.
  if (headerOf(received, 'origin') !== undefined || headerOf(received, 'sec-fetch-site') !== undefined)
    throw new Refusal(403, 'browser_refused', 'The control API is not for pages in a browser.')
  const bearer = bearerOf(received)
  const tenant = isSame(bearer, tokens.master) ? null : tokens.tenants.holder(bearer)
  if (tenant === null && !isSame(bearer, tokens.master))
    throw new Refusal(401, 'token_wrong', "The bearer token is neither that of running.json nor a tenant's.")
  const hasBody = received.method === 'POST' || received.method === 'PUT'
  if (hasBody && received.body.length > 0 && mediaTypeOf(received) !== 'application/json')
    throw new Refusal(415, 'not_json', 'The body must be application/json.')
  return { tenant }
}
