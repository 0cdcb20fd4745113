/** Checks an authorisation request: first whether its sender can be trusted with an answer, then the request itself. */
import type { Tenant, Tenants } from '#sandbox/state/tenants.ts'
import { findCustomer, type IcaCustomer } from './customers.ts'
import { icaStateOf } from './ica-state.ts'
import { parseScope, type Scope, scopeObstacle } from './scope.ts'

/** Client and callback are good: whatever is wrong from here on goes to the callback (RFC 6749 section 4.1.2.1). */
export interface TrustedSender {
  readonly tenant: Tenant
  readonly redirectUri: string
  readonly state: string | null
}

export interface AuthorizationRequest extends TrustedSender {
  readonly scope: string
  readonly scopes: readonly Scope[]
  readonly customer: IcaCustomer
  readonly challenge: string | null
}

export type SenderCheck =
  | { readonly sender: TrustedSender }
  | { readonly unknownClient: string }
  | { readonly wrongCallback: string }

export interface RequestError {
  readonly error: 'invalid_request' | 'unsupported_response_type' | 'invalid_scope' | 'access_denied'
  readonly description: string
}

export function checkSender(tenants: Tenants, query: URLSearchParams): SenderCheck {
  const clientId = query.get('client_id') ?? ''
  const tenant = tenants.peek(clientId)
  const client = tenant && icaStateOf(tenant).client
  if (!tenant || !client) return { unknownClient: clientId }
  if (query.getAll('client_id').length > 1) return { wrongCallback: 'client_id was sent more than once' }
  const [redirectUri, ...others] = query.getAll('redirect_uri')
  if (redirectUri === undefined) return { wrongCallback: 'redirect_uri is missing' }
  if (others.length > 0) return { wrongCallback: 'redirect_uri was sent more than once' }
  // Character by character (RFC 9700 section 2.1): a callback that merely looks alike could be somebody else's.
  if (!client.callbackUris.includes(redirectUri))
    return { wrongCallback: 'redirect_uri is not one of the registered callbacks' }
  return { sender: { tenant, redirectUri, state: query.get('state') } }
}

const wrong = (description: string, error: RequestError['error'] = 'invalid_request'): RequestError => ({
  error,
  description,
})

function challengeOf(query: URLSearchParams): string | null | RequestError {
  const challenge = query.get('code_challenge')
  const method = query.get('code_challenge_method')
  if (challenge === null) return method === null ? null : wrong('code_challenge_method was sent without code_challenge')
  // RFC 7636 section 4.3: a missing method would mean "plain", which is no longer accepted.
  if (method !== 'S256') return wrong('code_challenge_method must be S256')
  return /^[A-Za-z0-9_-]{43}$/.test(challenge) ? challenge : wrong('code_challenge is no SHA-256 digest in base64url')
}

function scopesOf(
  sender: TrustedSender,
  query: URLSearchParams,
  customer: IcaCustomer,
): readonly Scope[] | RequestError {
  const text = query.get('scope')
  if (!text) return wrong('scope is missing')
  const scopes = parseScope(text)
  if (!scopes)
    return wrong(
      'scope must be account, payment, basket:<id> or payment_delete:<id>, without a space after the colon',
      'invalid_scope',
    )
  const obstacle = scopes
    .map((scope) => scopeObstacle(sender.tenant, customer.ssn, scope))
    .find((found) => found !== null)
  return obstacle ? wrong(obstacle, 'invalid_scope') : scopes
}

export const isRequestError = (value: unknown): value is RequestError =>
  typeof value === 'object' && value !== null && 'error' in value

export function checkRequest(sender: TrustedSender, query: URLSearchParams): AuthorizationRequest | RequestError {
  for (const name of new Set(query.keys()))
    if (query.getAll(name).length > 1) return wrong(`${name} was sent more than once`)
  if (query.get('response_type') !== 'code') return wrong('response_type must be code', 'unsupported_response_type')
  const challenge = challengeOf(query)
  if (isRequestError(challenge)) return challenge
  const ssn = query.get('ssn') ?? ''
  if (!/^\d{12}$/.test(ssn)) return wrong('ssn must be the twelve digits of a personal number')
  const customer = findCustomer(ssn)
  if (!customer) return wrong('no customer of the bank has this ssn', 'access_denied')
  const scopes = scopesOf(sender, query, customer)
  if (isRequestError(scopes)) return scopes
  return { ...sender, scope: query.get('scope') ?? '', scopes, customer, challenge }
}
