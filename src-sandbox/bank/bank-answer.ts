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

/** A request without certificate belongs to whom it names otherwise, a browser's to the client it says it comes from. */
const tenantOf = ({ bank }: HostContext, received: Received, certificate: PresentedCertificate | null): string =>
  certificate?.organizationIdentifier ?? bank.namedTenant?.(received) ?? received.query.get('client_id') ?? nobody

/** The one of the connection, else the one the request itself carries at banks that read it there. */
const namingCertificate = (context: HostContext, received: Received, certificate: PresentedCertificate | null) =>
  certificate ?? context.bank.sentCertificate?.(received) ?? null

async function decide(
  context: HostContext,
  received: Received,
  certificate: PresentedCertificate | null,
  operation: MatchedOperation | null,
): Promise<PageAnswer> {
  const { bank, tenants } = context
  const page = context.browser ? bank.pages[`${received.method} ${received.path}`] : undefined
  if (page) return page(received)
  const handler = operation ? bank.operations[operation.id] : undefined
  const naming = namingCertificate(context, received, certificate)
  const id = tenantOf(context, received, naming)
  // An unknown name in a URL must not create a tenant; a certificate may.
  const tenant = naming ? tenants.get(id) : (tenants.peek(id) ?? tenants.get(nobody))
  try {
    if (operation && handler) return await handler({ received, operation, certificate, tenant })
    return bank.behindLink?.({ received, certificate, tenant }) ?? bank.notFound(received)
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
  const naming = namingCertificate(context, received, certificate)
  const name = answer.tenant ?? tenantOf(context, received, naming)
  const tenant = naming ? context.tenants.get(name) : (context.tenants.peek(name) ?? context.tenants.get(nobody))
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
    ...(answer.signature ? { signature: answer.signature } : {}),
  })
  context.tenants.changed()
  return answer
}
