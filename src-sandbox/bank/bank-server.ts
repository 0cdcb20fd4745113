/** Serves one simulated bank: one port per host, TLS where the bank wants a client certificate, plain http for its pages. */
import { createServer as createHttp, type IncomingMessage, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { TLSSocket } from 'node:tls'
import type { FaultDesk } from '#sandbox/faults/fault-desk.ts'
import { emptyAnswer, headerOf, type Received } from '#sandbox/net/answer.ts'
import { type Exposure, urlHost } from '#sandbox/net/exposure.ts'
import { listenOn } from '#sandbox/net/listen.ts'
import { isOwnHost } from '#sandbox/net/own-host.ts'
import type { PortPlan } from '#sandbox/net/port-plan.ts'
import { rememberSockets } from '#sandbox/net/raw-sockets.ts'
import type { RequestRate } from '#sandbox/net/request-rate.ts'
import { listener } from '#sandbox/net/serve.ts'
import type { TrustStore } from '#sandbox/pki/certificate-verdict.ts'
import { presentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import type { ServerCredential } from '#sandbox/pki/server-credential.ts'
import type { Tenants } from '#sandbox/state/tenants.ts'
import { answerAsBank, type HostContext } from './bank-answer.ts'
import type { BankFolder } from './bank-folder.ts'
import type { OperationRouter } from './operation-router.ts'
import type { SimulatedBank } from './simulated-bank.ts'

export interface BankServer {
  readonly urls: Readonly<Record<string, string>>
  /** Origins of the pages a customer opens. */
  readonly pages: readonly string[]
  readonly servers: readonly Server[]
}

export interface BankParts {
  readonly bank: SimulatedBank
  readonly folder: BankFolder
  readonly router: OperationRouter
  readonly tenants: Tenants
  readonly faults: FaultDesk
  readonly credential: ServerCredential
  readonly ports: PortPlan
  readonly trust: TrustStore
  readonly exposure: Exposure
  readonly rate: RequestRate
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

function createServer(parts: BankParts, host: string, plan: HostPlan, context: () => HostContext): Server {
  const handle = async (received: Received, request: IncomingMessage) => {
    const tooMany = parts.rate.refusal(request.socket.remoteAddress)
    if (tooMany) return tooMany
    const here = context()
    if (here.browser && !isOwnHost(request, { port: here.port, hosts: parts.exposure.hosts }))
      return emptyAnswer(421, 'the Host header names another host')
    const certificate = plan.tls ? presentedCertificate(request.socket as TLSSocket) : null
    const answer = await answerAsBank(here, received, certificate)
    const requestId = headerOf(received, 'x-request-id')
    return requestId ? { ...answer, headers: { ...answer.headers, 'x-request-id': requestId } } : answer
  }
  const answering = listener(handle)
  if (!plan.tls) return createHttp(answering)
  const { key, certificate: cert } = parts.credential
  // The bank judges the certificate itself and explains its judgement; the handshake only has to ask for it.
  const options = {
    key,
    cert,
    minVersion: 'TLSv1.2',
    requestCert: plan.asksForCertificate,
    rejectUnauthorized: false,
  } as const
  const server = createHttps(options, answering)
  parts.faults.watch({ bank: parts.bank.id, host, server, options, listener: answering })
  rememberSockets(server)
  return server
}

/** Opens the bank's ports, in the order of its hosts. */
export async function serveBank(parts: BankParts): Promise<BankServer> {
  const urls: Record<string, string> = {}
  const servers: Server[] = []
  const pages: string[] = []
  for (const [host, documented] of hostPlans(parts.folder.profile)) {
    // Plain http is for browsers on this machine, which would warn of the sandbox's certificate.
    const plan = { ...documented, tls: documented.tls || parts.exposure.shared }
    const prefix = prefixOf(parts, host)
    const { browser, tls } = plan
    let port = 0
    const server = createServer(parts, host, plan, () => ({ ...parts, host, prefix, browser, tls, port }))
    server.keepAliveTimeout = 60_000
    const name = listenerName(parts.bank.id, host)
    const purpose = `${parts.folder.profile.name}: ${plan.description}`
    port = await listenOn(server, parts.ports.wanted(name), purpose, parts.exposure.address)
    parts.ports.took(name, port)
    urls[host] = `${plan.tls ? 'https' : 'http'}://${urlHost(parts.exposure.hosts[0])}:${port}${prefix}`
    if (browser) pages.push(new URL(urls[host]).origin)
    servers.push(server)
  }
  return { urls, pages, servers }
}
