/** From a received request to the bank's answer, and the log line that says why. */
import { answerWithFaults, type FaultyCall } from '#sandbox/faults/apply-faults.ts'
import type { FaultDesk } from '#sandbox/faults/fault-desk.ts'
import { type Answer, headerOf, jsonAnswer, type Received } from '#sandbox/net/answer.ts'
import { isOfTrustedQtsp, type TrustStore } from '#sandbox/pki/certificate-verdict.ts'
import type { PresentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import { SandboxFull } from '#sandbox/state/limits.ts'
import { nobody, record, type Tenant, type Tenants, tenantNow } from '#sandbox/state/tenants.ts'
import type { MatchedOperation, OperationRouter } from './operation-router.ts'
import { Refused } from './refused.ts'
import { seenHeaders } from './seen-headers.ts'
import type { PageAnswer, SimulatedBank } from './simulated-bank.ts'

export interface HostContext {
  readonly bank: SimulatedBank
  readonly router: OperationRouter
  readonly tenants: Tenants
  readonly trust: TrustStore
  readonly faults: FaultDesk
  readonly host: string
  /** Path prefix of the host's base URL. */
  readonly prefix: string
  readonly browser: boolean
  readonly tls: boolean
  readonly port: number
}

function match(context: HostContext, received: Received): MatchedOperation | null {
  const { prefix } = context
  if (!received.path.startsWith(prefix)) return null
  const path = received.path.slice(prefix.length) || '/'
  return context.router.match(context.host, received, context.bank.canonicalPath(path))
}

/** A request without certificate belongs to whom it names otherwise, a browser's to the client it says it comes from. */
const tenantOf = ({ bank }: HostContext, received: Received, certificate: PresentedCertificate | null): string =>
  certificate?.organizationIdentifier ?? bank.namedTenant?.(received) ?? received.query.get('client_id') ?? nobody

/** The one of the connection, else the one the request itself carries at banks that read it there. */
const namingCertificate = (context: HostContext, received: Received, certificate: PresentedCertificate | null) =>
  certificate ?? context.bank.sentCertificate?.(received) ?? null

/** A request with what is known of it before the bank has looked at it. */
interface Met {
  readonly context: HostContext
  readonly received: Received
  readonly certificate: PresentedCertificate | null
  readonly operation: MatchedOperation | null
  /** An unknown name in a URL or in a certificate anybody can make must not create a tenant; a trusted QTSP's certificate may. */
  tenant(named?: string): Tenant
}

function meet(context: HostContext, received: Received, certificate: PresentedCertificate | null): Met {
  const { tenants } = context
  const naming = namingCertificate(context, received, certificate)
  const own = tenantOf(context, received, naming)
  const isNewcomer = (id: string): boolean =>
    naming !== null && id === naming.organizationIdentifier && isOfTrustedQtsp(naming, context.trust)
  const tenant = (id = own): Tenant => tenants.peek(id) ?? tenants.get(isNewcomer(id) ? id : nobody)
  return { context, received, certificate, operation: match(context, received), tenant }
}

/** Not a bank's answer: no bank has a row for what only the sandbox runs out of. */
const fullAnswer = ({ message }: SandboxFull): Answer =>
  jsonAnswer(507, { error: 'sandbox_full', message }, `the sandbox is full: ${message}`)

async function decide({ context, received, certificate, operation, tenant }: Met): Promise<PageAnswer> {
  const { bank } = context
  const page = context.browser ? bank.pages[`${received.method} ${received.path}`] : undefined
  if (page) return page(received)
  const handler = operation ? bank.operations[operation.id] : undefined
  try {
    if (received.method === 'POST') context.tenants.requireRoom(tenant(), bank.id)
    if (operation && handler) return await handler({ received, operation, certificate, tenant: tenant() })
    return bank.behindLink?.({ received, certificate, tenant: tenant() }) ?? bank.notFound(received)
  } catch (cause) {
    if (cause instanceof Refused) return cause.answer
    if (cause instanceof SandboxFull) return fullAnswer(cause)
    throw cause
  }
}

function faultyCall({ context, received, operation }: Met): FaultyCall {
  const { bank, host, browser, tls, faults } = context
  return {
    bank: bank.id,
    host,
    browser,
    received,
    operations: operation ? [operation.id, operation.meant] : [],
    elsewhere: (tenant) => faults.elsewhere.url({ tenant, bank: bank.id, tls }),
  }
}

/** A bank whose clock was moved says so, as any server does; a fault may have given another time already. */
const dated = (answer: Answer, { clockOffsetSeconds }: Tenant, now: number): Answer =>
  clockOffsetSeconds === 0 ? answer : { ...answer, headers: { date: new Date(now).toUTCString(), ...answer.headers } }

async function answerAndRecord(
  context: HostContext,
  received: Received,
  certificate: PresentedCertificate | null,
): Promise<Answer> {
  const met = meet(context, received, certificate)
  const { answer, faults } = await answerWithFaults(
    faultyCall(met),
    met.tenant(),
    () => decide(met),
    (given) => met.tenant(given.tenant),
  )
  const tenant = met.tenant(answer.tenant)
  const now = tenantNow(tenant)
  record(tenant, {
    at: new Date(now).toISOString(),
    bank: context.bank.id,
    operation: met.operation?.meant ?? null,
    method: received.method,
    path: received.path,
    status: answer.delivery?.unanswered ? 0 : answer.status,
    clientCertificate: certificate?.sha256 ?? null,
    reason: answer.reason,
    requestId: headerOf(received, 'x-request-id') ?? null,
    ...(answer.signature ? { signature: answer.signature } : {}),
    ...(faults.length > 0 ? { faults: [...faults] } : {}),
    headers: seenHeaders(received.headers),
  })
  context.tenants.changed()
  return dated(answer, tenant, now)
}

export function answerAsBank(
  context: HostContext,
  received: Received,
  certificate: PresentedCertificate | null,
): Promise<Answer> {
  return answerAndRecord(context, received, certificate).catch((cause: unknown) => {
    // No room for a newcomer: there is no log of his to write it to.
    if (cause instanceof SandboxFull) return fullAnswer(cause)
    throw cause
  })
}
