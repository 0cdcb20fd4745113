/** From a received request to the bank's answer, and the log line that says why. */
import { type Answer, headerOf, type Received } from '#sandbox/net/answer.ts'
import type { PresentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import { nobody, record, type Tenants, tenantNow } from '#sandbox/state/tenants.ts'
import type { MatchedOperation, OperationRouter } from './operation-router.ts'
import { Refused } from './refused.ts'
import type { PageAnswer, SimulatedBank } from './simulated-bank.ts'

export interface HostContext {
  readonly bank: SimulatedBank
  readonly router: OperationRouter
  readonly tenants: Tenants
  readonly host: string
  /** Path prefix of the host's base URL. */
  readonly prefix: string
  readonly browser: boolean
  readonly port: number
}

function match(context: HostContext, received: Received): MatchedOperation | null {
  const { prefix } = context
  if (!received.path.startsWith(prefix)) return null
  const path = received.path.slice(prefix.length) || '/'
  return context.router.match(context.host, received, context.bank.canonicalPath(path))
}

/** A browser request has no certificate: its tenant is the client it says it comes from. */
const tenantOf = (received: Received, certificate: PresentedCertificate | null): string =>
  certificate?.organizationIdentifier ?? received.query.get('client_id') ?? nobody

async function decide(
  context: HostContext,
  received: Received,
  certificate: PresentedCertificate | null,
  operation: MatchedOperation | null,
): Promise<PageAnswer> {
  const page = context.browser ? context.bank.pages[`${received.method} ${received.path}`] : undefined
  if (page) return page(received)
  const handler = operation ? context.bank.operations[operation.id] : undefined
  if (!operation || !handler) return context.bank.notFound(received)
  const id = tenantOf(received, certificate)
  const { tenants } = context
  // An unknown name in a URL must not create a tenant; a certificate may.
  const tenant = certificate ? tenants.get(id) : (tenants.peek(id) ?? tenants.get(nobody))
  try {
    return await handler({ received, operation, certificate, tenant })
  } catch (cause) {
    if (cause instanceof Refused) return cause.answer
    throw cause
  }
}

export async function answerAsBank(
  context: HostContext,
  received: Received,
  certificate: PresentedCertificate | null,
): Promise<Answer> {
  const operation = match(context, received)
  const answer = await decide(context, received, certificate, operation)
  const name = answer.tenant ?? tenantOf(received, certificate)
  const tenant = certificate ? context.tenants.get(name) : (context.tenants.peek(name) ?? context.tenants.get(nobody))
  record(tenant, {
    at: new Date(tenantNow(tenant)).toISOString(),
    bank: context.bank.id,
    operation: operation?.meant ?? null,
    method: received.method,
    path: received.path,
    status: answer.status,
    clientCertificate: certificate?.sha256 ?? null,
    reason: answer.reason,
    requestId: headerOf(received, 'x-request-id') ?? null,
  })
  context.tenants.changed()
  return answer
}
