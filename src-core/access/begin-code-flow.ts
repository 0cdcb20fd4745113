/** Begins a code flow: a new state and verifier, the address the customer opens, and a record of it before anybody sees it. */
import type { AccessTarget } from './access-target.ts'
import { authorisationUrl } from './authorisation-url.ts'
import { type FlowInHand, type FlowRecord, type FlowSecrets, newFlowId } from './flow-book.ts'
import type { FlowParts } from './visit-page.ts'

/** What is asked of which server. */
export interface CodeRequest {
  readonly target: AccessTarget
  /** Whole address of the authorisation endpoint. */
  readonly authorize: string
  readonly clientId: string
  readonly redirectUri: string
  readonly scope: string
  readonly pkce: 'S256' | 'none'
  /** What the bank asks to recognise the customer. */
  readonly customer: Readonly<Record<string, string>>
  /** Who it is, masked. */
  readonly shownCustomer: string | null
  readonly server: FlowRecord['server']
  readonly consent: string | null
}

type Fresh = Pick<FlowSecrets, 'state' | 'verifier'> & { readonly challenge: string | null }

async function fresh(pkce: 'S256' | 'none'): Promise<Fresh> {
  const oauth = await import('oauth4webapi')
  const verifier = pkce === 'S256' ? oauth.generateRandomCodeVerifier() : null
  const challenge = verifier === null ? null : await oauth.calculatePKCECodeChallenge(verifier)
  return { state: oauth.generateRandomState(), verifier, challenge }
}

/** Abandoned attempts at the same thing go: the new one takes their place. */
export async function supersede(record: FlowRecord, parts: FlowParts): Promise<void> {
  const same = ['kind', 'bank', 'environment', 'identity', 'scope', 'consent', 'operation'] as const
  for (const other of await parts.flows.list())
    if (!other.held && same.every((key) => other[key] === record[key]))
      await parts.flows.remove(other.id).catch(() => {})
}

export async function beginCodeFlow(request: CodeRequest, parts: FlowParts): Promise<FlowInHand> {
  const { target, clientId, scope, redirectUri, customer } = request
  const { state, verifier, challenge } = await fresh(request.pkce)
  const url = authorisationUrl(request.authorize, {
    clientId,
    scope,
    redirectUri,
    state: state ?? '',
    challenge,
    customer,
  })
  const record: FlowRecord = {
    id: newFlowId(),
    kind: 'code',
    bank: target.bank.id,
    environment: target.environment.id,
    identity: target.identity.id,
    customer: request.shownCustomer,
    scope,
    consent: request.consent,
    operation: null,
    clientId,
    redirectUri,
    startedAt: new Date(parts.now()).toISOString(),
    step: 'browser',
    server: request.server,
  }
  await supersede(record, parts)
  return parts.flows.begin(record, { url, state, verifier, draft: null })
}

/** A code that was on its way when the process died may be spent: the customer is asked anew, with nothing of before. */
export async function renewCodeFlow(flow: FlowInHand): Promise<void> {
  const { state, verifier, challenge } = await fresh(flow.secrets.verifier === null ? 'none' : 'S256')
  const url = new URL(flow.secrets.url)
  if (state !== null) url.searchParams.set('state', state)
  if (challenge !== null) url.searchParams.set('code_challenge', challenge)
  await flow.renew({ ...flow.secrets, url: url.href, state, verifier })
}
