/** The other origin that calls and browsers are redirected to: logs what whoever followed showed to it. */
import { createServer as createHttp, type IncomingMessage, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { type Answer, emptyAnswer, headerOf, type Received } from '#sandbox/net/answer.ts'
import { type Exposure, urlHost } from '#sandbox/net/exposure.ts'
import { listenOn } from '#sandbox/net/listen.ts'
import { listener } from '#sandbox/net/serve.ts'
import { presentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import type { ServerCredential } from '#sandbox/pki/server-credential.ts'
import { newSecret } from '#sandbox/state/secret-digest.ts'
import { record, type Tenant, type Tenants, tenantNow } from '#sandbox/state/tenants.ts'

/** Whose redirect it was. */
interface Ticket {
  readonly tenant: Tenant
  readonly bank: string
}

export interface Elsewhere {
  /** A URL for one redirect; `tls`: from a host that speaks it, to one that does. Its port is opened when it is first asked for. */
  url(redirect: Ticket & { readonly tls: boolean }): Promise<string>
}

const mostTickets = 1000
const path = '/elsewhere/'

/** What must never be shown to another origin than the bank's. */
function shown(received: Received, certificate: string | null): string {
  const names = Object.keys(received.headers).filter((name) =>
    /^(authorization|cookie|signature|x-jws-signature|digest|tpp-.*|psu-.*)$/.test(name),
  )
  const seen = [
    ...(certificate ? ['the client certificate'] : []),
    ...names,
    ...(received.body.length > 0 ? [`a body of ${received.body.length} bytes`] : []),
  ]
  return seen.length > 0 ? `showed ${seen.join(', ')}` : 'showed nothing that was meant for the bank'
}

export interface ElsewhereParts {
  readonly tenants: Tenants
  readonly credential: ServerCredential
  readonly exposure: Exposure
  readonly servers: Server[]
}

export function openElsewhere({ tenants, credential, exposure, servers }: ElsewhereParts): Elsewhere {
  const tickets = new Map<string, Ticket>()
  const opened = new Map<boolean, Promise<string>>()

  const handle =
    (tls: boolean) =>
    async (received: Received, request: IncomingMessage): Promise<Answer> => {
      const ticket = received.path.startsWith(path) ? tickets.get(received.path.slice(path.length)) : undefined
      if (!ticket) return emptyAnswer(404, 'nobody was sent here')
      const presented = tls ? presentedCertificate(request.socket as TLSSocket) : null
      const { tenant, bank } = ticket
      record(tenant, {
        at: new Date(tenantNow(tenant)).toISOString(),
        bank,
        operation: null,
        method: received.method,
        path: path.slice(0, -1),
        status: 200,
        clientCertificate: presented?.sha256 ?? null,
        reason: `the redirect to another origin was followed and ${shown(received, presented?.sha256 ?? null)}`,
        requestId: headerOf(received, 'x-request-id') ?? null,
        faults: ['redirect-elsewhere'],
      })
      tenants.changed()
      const body = 'This is another origin of the local sandbox. What was shown to it is in the log.\n'
      return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body, reason: 'elsewhere' }
    }

  const open = async (tls: boolean): Promise<string> => {
    const { key, certificate: cert } = credential
    const server = tls
      ? createHttps(
          { key, cert, minVersion: 'TLSv1.2', requestCert: true, rejectUnauthorized: false },
          listener(handle(true)),
        )
      : createHttp(listener(handle(false)))
    const port = await listenOn(server, undefined, 'redirects to another origin', exposure.address)
    servers.push(server)
    return `${tls ? 'https' : 'http'}://${urlHost(exposure.hosts[0])}:${port}`
  }

  return {
    async url({ tenant, bank, tls }) {
      const origin = opened.get(tls) ?? open(tls)
      opened.set(tls, origin)
      const ticket = newSecret()
      const oldest = tickets.keys().next()
      if (tickets.size >= mostTickets && !oldest.done) tickets.delete(oldest.value)
      tickets.set(ticket, { tenant, bank })
      return `${await origin}${path}${ticket}`
    },
  }
}
