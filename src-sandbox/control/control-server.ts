/** The control API: plain http on 127.0.0.1, and the two public files of the QTSP. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type Answer, jsonAnswer, type Received } from '#sandbox/net/answer.ts'
import { listener } from '#sandbox/net/serve.ts'
import type { SandboxRefusal } from '#shared/sandbox-protocol.ts'
import { refuseForeignHost, refuseStrangers } from './control-guard.ts'
import { controlRoutes, type SteeredSandbox } from './control-routes.ts'
import { Refusal } from './refusal.ts'

/** Known once every port listens. */
export interface ControlParts {
  readonly sandbox: SteeredSandbox
  readonly token: string
  readonly port: number
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
  if (path === '/qtsp/crl.der') return file('application/pkix-crl', await qtsp.revocationList())
  if (path === '/qtsp/issuer.cer') return file('application/pkix-cert', Buffer.from(qtsp.issuing.certificate.rawData))
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
function route(sandbox: SteeredSandbox, received: Received): Answer | Promise<Answer> {
  const [, area = '', subject = '', ...rest] = received.path.split('/')
  const varies = area === 'banks' || area === 'tenants'
  const pattern = varies ? ['', area, '*', ...rest].join('/') : received.path
  const found = controlRoutes[`${received.method} ${pattern}`]
  if (!found) throw new Refusal(404, 'unknown', `There is no control call ${received.method} ${received.path}.`)
  return found(sandbox, received, decoded(subject))
}

function refused(cause: unknown): Answer {
  if (!(cause instanceof Refusal)) throw cause
  const body: SandboxRefusal = { error: cause.error, message: cause.message }
  return jsonAnswer(cause.status, body, cause.message)
}

export function createControlServer(parts: () => ControlParts | null): Server {
  const handle = async (received: Received, request: IncomingMessage): Promise<Answer> => {
    const ready = parts()
    if (!ready) throw new Refusal(503, 'starting', 'The sandbox is still starting.')
    refuseForeignHost(request, ready.port)
    const file = await publicFile(ready.sandbox, received)
    if (file) return file
    refuseStrangers(received, ready.token)
    return await route(ready.sandbox, received)
  }
  return createServer(listener((received, request) => handle(received, request).catch(refused)))
}
