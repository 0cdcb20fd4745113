/** Serves one simulated bank: one port per host, TLS where the bank wants a client certificate, plain http for its pages. */
import { createServer as createHttp, type IncomingMessage, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { emptyAnswer, headerOf, type Received } from '#sandbox/net/answer.ts'
import { listenOnLoopback } from '#sandbox/net/listen.ts'
import { isOwnHost } from '#sandbox/net/own-host.ts'
import type { PortPlan } from '#sandbox/net/port-plan.ts'
import { listener } from '#sandbox/net/serve.ts'
import { presentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import type { ServerCredential } from '#sandbox/pki/server-credential.ts'
import type { Tenants } from '#sandbox/state/tenants.ts'
import { answerAsBank, type HostContext } from './bank-answer.ts'
import type { BankFolder } from './bank-folder.ts'
import type { OperationRouter } from './operation-router.ts'
import type { SimulatedBank } from './simulated-bank.ts'

export interface BankServer {
  readonly urls: Readonly<Record<string, string>>
  readonly servers: readonly Server[]
}

export interface BankParts {
  readonly bank: SimulatedBank
  readonly folder: BankFolder
  readonly router: OperationRouter
  readonly tenants: Tenants
  readonly credential: ServerCredential
  readonly ports: PortPlan
}

export const listenerName = (bank: string, host: string): string => `${bank}/${host}`

/** Where a bank's pages for people are served, if its document names no host for them. */
const pagesHost = 'pages'

interface HostPlan {
  readonly description: string
  readonly tls: boolean
  readonly browser: boolean
  readonly asksForCertificate: boolean
}

/** The hosts of the profile in their order, and one for the bank's pages where none of them is for browsers. */
function hostPlans({ hosts }: BankFolder['profile']): [string, HostPlan][] {
  const documented = Object.entries(hosts).map(([name, { description, browser, clientCertificate }]) => {
    const asksForCertificate = clientCertificate !== 'none'
    return [name, { description, browser, asksForCertificate, tls: !browser || asksForCertificate }] as [
      string,
      HostPlan,
    ]
  })
  if (documented.some(([, { browser }]) => browser)) return documented
  const pages = { description: 'The pages a customer opens.', tls: false, browser: true, asksForCertificate: false }
  return [...documented, [pagesHost, pages]]
}

/** Names of everything the bank listens with. */
export const listenersOf = (bank: string, profile: BankFolder['profile']): string[] =>
  hostPlans(profile).map(([host]) => listenerName(bank, host))

/** The production URL's own path where the bank's document gives one: operation paths are appended to it. */
function prefixOf(parts: BankParts, host: string): string {
  const production = parts.folder.profile.environments.find(({ kind }) => kind === 'production')?.urls[host]
  const documented = production ? new URL(production).pathname.replace(/\/$/, '') : ''
  return documented || (parts.bank.prefixes[host] ?? '')
}

function createServer(parts: BankParts, plan: HostPlan, context: () => HostContext): Server {
  const handle = async (received: Received, request: IncomingMessage) => {
    const here = context()
    if (here.browser && !isOwnHost(request, here.port)) return emptyAnswer(421, 'the Host header names another host')
    const certificate = plan.tls ? presentedCertificate(request.socket as TLSSocket) : null
    const answer = await answerAsBank(here, received, certificate)
    const requestId = headerOf(received, 'x-request-id')
    return requestId ? { ...answer, headers: { ...answer.headers, 'x-request-id': requestId } } : answer
  }
  if (!plan.tls) return createHttp(listener(handle))
  const { key, certificate: cert } = parts.credential
  // The bank judges the certificate itself and explains its judgement; the handshake only has to ask for it.
  return createHttps(
    { key, cert, minVersion: 'TLSv1.2', requestCert: plan.asksForCertificate, rejectUnauthorized: false },
    listener(handle),
  )
}

/** Opens the bank's ports, in the order of its hosts. */
export async function serveBank(parts: BankParts): Promise<BankServer> {
  const urls: Record<string, string> = {}
  const servers: Server[] = []
  for (const [host, plan] of hostPlans(parts.folder.profile)) {
    const prefix = prefixOf(parts, host)
    const { browser } = plan
    let port = 0
    const server = createServer(parts, plan, () => ({ ...parts, host, prefix, browser, port }))
    server.keepAliveTimeout = 60_000
    const name = listenerName(parts.bank.id, host)
    port = await listenOnLoopback(server, parts.ports.wanted(name), `${parts.folder.profile.name}: ${plan.description}`)
    parts.ports.took(name, port)
    urls[host] = `${plan.tls ? 'https' : 'http'}://127.0.0.1:${port}${prefix}`
    servers.push(server)
  }
  return { urls, servers }
}
