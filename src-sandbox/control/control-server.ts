/** The control API: plain http on 127.0.0.1, TLS for other machines, and the public files of the QTSP. */
import { createServer as createHttp, type IncomingMessage, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { type Answer, jsonAnswer, type Received } from '#sandbox/net/answer.ts'
import type { OwnHost } from '#sandbox/net/own-host.ts'
import type { RequestRate } from '#sandbox/net/request-rate.ts'
import { listener } from '#sandbox/net/serve.ts'
import { limits, SandboxFull } from '#sandbox/state/limits.ts'
import type { SandboxRefusal } from '#shared/sandbox-protocol.ts'
import { refuseForeignHost, refuseStrangers } from './control-guard.ts'
import { controlRoutes } from './control-routes.ts'
import { Refusal } from './refusal.ts'
import { type Caller, refuseOthers, type SteeredSandbox } from './steering.ts'

/** Known once every port listens. */
export interface ControlParts {
  readonly sandbox: SteeredSandbox
  /** The master token. */
  readonly token: string
}

/** One door to the control API. */
export interface ControlDoor {
  readonly parts: () => ControlParts | null
  readonly own: () => OwnHost
  readonly rate: RequestRate
  /** PEM; left out for plain http, which only this machine's own door has. */
  readonly tls?: { readonly key: string; readonly certificate: string }
}

/** What anybody may read: certificates point to it. */
async function publicFile({ qtsp }: SteeredSandbox, { method, path }: Received): Promise<Answer | null> {
  if (method !== 'GET') return null
  const file = (type: string, body: Buffer): Answer => ({
    status: 200,
    headers: { 'content-type': type },
    body,
    reason: 'public',
  })
  for (const issuer of qtsp.issuers) {
    if (path === `/qtsp/crl${issuer.suffix}.der`) return file('application/pkix-crl', await qtsp.revocationList(issuer))
    if (path === `/qtsp/issuer${issuer.suffix}.cer`)
      return file('application/pkix-cert', Buffer.from(issuer.certificate.rawData))
  }
  return null
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Refusal(400, 'path_invalid', 'The path is not valid percent-encoding.')
  }
}

/** `/tenants/PSDSE-FINA-1/clock` → `/tenants/*` + `/clock` and the part that varies. */
function route(sandbox: SteeredSandbox, received: Received, caller: Caller): Answer | Promise<Answer> {
  const [, area = '', subject = '', ...rest] = received.path.split('/')
  const varies = (area === 'banks' || area === 'tenants') && subject !== ''
  const pattern = varies ? ['', area, '*', ...rest].join('/') : received.path
  const key = `${received.method} ${pattern}`
  const found = Object.hasOwn(controlRoutes, key) ? controlRoutes[key] : undefined
  if (!found) throw new Refusal(404, 'unknown', `There is no control call ${received.method} ${received.path}.`)
  const named = decoded(subject)
  if (varies && area === 'tenants') refuseOthers(caller, named)
  return found(sandbox, received, named, caller)
}

function refused(cause: unknown): Answer {
  if (cause instanceof SandboxFull)
    return jsonAnswer(507, { error: 'sandbox_full', message: cause.message } satisfies SandboxRefusal, cause.message)
  if (!(cause instanceof Refusal)) throw cause
  const body: SandboxRefusal = { error: cause.error, message: cause.message }
  return jsonAnswer(cause.status, body, cause.message)
}

const largestBody = ({ url }: IncomingMessage): number => (url?.endsWith('/snapshot') ? limits.snapshot : limits.body)

export function createControlServer(door: ControlDoor): Server {
  const handle = async (received: Received, request: IncomingMessage): Promise<Answer> => {
    const tooMany = door.rate.refusal(request.socket.remoteAddress)
    if (tooMany) return tooMany
    const ready = door.parts()
    if (!ready) throw new Refusal(503, 'starting', 'The sandbox is still starting.')
    refuseForeignHost(request, door.own())
    const file = await publicFile(ready.sandbox, received)
    if (file) return file
    const caller = refuseStrangers(received, { master: ready.token, tenants: ready.sandbox.tokens })
    return await route(ready.sandbox, received, caller)
  }
  const serve = listener((received, request) => handle(received, request).catch(refused), largestBody)
  if (!door.tls) return createHttp(serve)
  const { key, certificate: cert } = door.tls
  return createHttps({ key, cert, minVersion: 'TLSv1.2' }, serve)
}
