/** Judges an authorisation request: first who sent it and where the browser may be sent back to, then what is asked for. */
import { type Tenant, type Tenants, tenantNow } from '#sandbox/state/tenants.ts'
import { isOpen, subjectOf } from './authorisation-life.ts'
import {
  type Authorisable,
  type Authorisation,
  type BogState,
  bogStateOf,
  peekBogState,
  type ResourceKind,
} from './bog-state.ts'

/** What is to be authorised, by the scope. */
export interface Target {
  readonly kind: ResourceKind
  readonly resource: string
  readonly subject: Authorisable
}

export interface TrustedSender {
  readonly tenant: Tenant
  readonly state: BogState
  readonly redirectUri: string
  readonly clientState: string | null
}

export interface AuthorizationRequest extends TrustedSender {
  readonly scope: string
  readonly challenge: string
  readonly target: Target
}

export interface RequestError {
  readonly error: string
  readonly description: string
}

const challengePattern = /^[\w-]{43}$/
const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]']

const isLoopback = (url: URL): boolean => url.protocol === 'http:' && loopbackHosts.includes(url.hostname)

/** RFC 8252: https, or this machine. The URL parser forgives what a browser would not, so it is looked at as text too. */
function isCallback(text: string): boolean {
  if (/[\s\\#"<>]/.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  return url.username === '' && url.password === '' && (url.protocol === 'https:' || isLoopback(url))
}

/** RFC 8252 section 7.3: the port of a loopback callback is of the moment. */
function sameCallback(announced: string, asked: string): boolean {
  if (announced === asked) return true
  if (!URL.canParse(announced)) return false
  const [one, other] = [new URL(announced), new URL(asked)]
  return isLoopback(one) && isLoopback(other) && one.pathname === other.pathname && one.search === other.search
}

/** A consent or payment; a cancellation that waits for signatures comes before the payment it ends. */
export function targetOf(state: BogState, scope: string, now: number): Target | null {
  const [, area, id = ''] = /^(AIS|PIS):([0-9a-f-]{36})$/.exec(scope) ?? []
  const kinds: ResourceKind[] = area === 'AIS' ? ['consent'] : area === 'PIS' ? ['cancellation', 'payment'] : []
  const targets = kinds.flatMap((kind): Target[] => {
    const subject = subjectOf(state, kind, id)
    return subject ? [{ kind, resource: id, subject }] : []
  })
  return targets.find(({ kind }) => isOpen(state, kind, id, now)) ?? targets[0] ?? null
}

/** Callbacks the TPP named when it created the resource or started one of its authorisations. */
function announcedCallbacks(state: BogState, { kind, resource, subject }: Target): string[] {
  const started = Object.values(state.authorisations).filter(
    (one: Authorisation) => one.kind === kind && one.resource === resource,
  )
  return [subject, ...started].flatMap(({ redirectUri }) => redirectUri ?? [])
}

/** Nobody is sent anywhere before both are known to belong together. */
export function checkSender(tenants: Tenants, query: URLSearchParams): TrustedSender | { readonly obstacle: string } {
  const clientId = query.get('client_id') ?? ''
  const tenant = tenants.peek(clientId)
  if (!tenant || !peekBogState(tenant))
    return { obstacle: `client_id ${JSON.stringify(clientId)} has no consent and no payment here` }
  const redirectUri = query.get('redirect_uri') ?? ''
  if (query.getAll('redirect_uri').length !== 1 || !isCallback(redirectUri))
    return { obstacle: 'redirect_uri is no https address and none of this machine' }
  const state = bogStateOf(tenant)
  const target = targetOf(state, query.get('scope') ?? '', tenantNow(tenant))
  const announced = target ? announcedCallbacks(state, target) : []
  if (announced.length > 0 && !announced.some((one) => sameCallback(one, redirectUri)))
    return { obstacle: 'redirect_uri is not the TPP-Redirect-URI of the consent or payment' }
  return { tenant, state, redirectUri, clientState: query.get('state') }
}

export function checkRequest(sender: TrustedSender, query: URLSearchParams): AuthorizationRequest | RequestError {
  const wrong = (error: string, description: string): RequestError => ({ error, description })
  for (const name of new Set(query.keys()))
    if (query.getAll(name).length > 1) return wrong('invalid_request', `${name} was sent more than once`)
  if (query.get('response_type') !== 'code') return wrong('unsupported_response_type', 'response_type must be code')
  const challenge = query.get('code_challenge') ?? ''
  if (query.get('code_challenge_method') !== 'S256' || !challengePattern.test(challenge))
    return wrong('invalid_request', 'a code_challenge of method S256 is needed (RFC 7636)')
  const scope = query.get('scope') ?? ''
  const target = targetOf(sender.state, scope, tenantNow(sender.tenant))
  if (!target) return wrong('invalid_scope', 'scope must be AIS: or PIS: and the id of a consent or payment')
  if (!isOpen(sender.state, target.kind, target.resource, tenantNow(sender.tenant)))
    return wrong('invalid_scope', `the ${target.kind} waits for no authorisation any more`)
  return { ...sender, scope, challenge, target }
}

export const isRequestError = (checked: AuthorizationRequest | RequestError): checked is RequestError =>
  'error' in checked
