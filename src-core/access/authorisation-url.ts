/** Builds the address the customer opens at the bank (RFC 6749 section 4.1.1, RFC 7636 section 4.3). */
import type { OauthCodeProfile } from '#shared/access-profile.ts'
import { Fault } from '#shared/fault.ts'
import type { Endpoints } from '../requests/prepared.ts'
import type { AccessTarget } from './access-target.ts'

export interface AuthorisationQuery {
  readonly clientId: string
  readonly scope: string
  readonly redirectUri: string
  readonly state: string
  /** S256 challenge, or null for a bank without PKCE. */
  readonly challenge: string | null
  readonly customer: Readonly<Record<string, string>>
}

/** Base URL of the bank's authorisation host. */
export function authorisationBase(
  target: AccessTarget,
  profile: OauthCodeProfile,
  endpoints: Endpoints,
): { base: string; path: string } {
  const operation = target.bank.operation(profile.authorize)
  const base = endpoints.urls[operation.host] ?? ''
  if (base === '') {
    throw new Fault(
      'ENVIRONMENT_INCOMPLETE',
      `The environment "${target.environment.id}" of ${target.bank.name} has no URL for its host "${operation.host}".`,
      { host: operation.host },
    )
  }
  return { base: base.replace(/\/$/, ''), path: operation.path }
}

/** Throws PARAMETER_MISSING or PARAMETER_INVALID for what the bank asks of the customer. */
export function checkCustomer(profile: OauthCodeProfile, customer: Readonly<Record<string, string>>): void {
  for (const { name, label, pattern } of profile.customerParameters) {
    const value = customer[name]
    if (value === undefined)
      throw new Fault(
        'PARAMETER_MISSING',
        `The bank asks for the customer's ${label} ("${name}"). Give it with --customer ${name}=…`,
        { parameter: name },
      )
    // The value itself is personal data and stays out of the message.
    if (!new RegExp(pattern).test(value))
      throw new Fault('PARAMETER_INVALID', `The customer's ${label} ("${name}") does not have the form ${pattern}.`, {
        parameter: name,
      })
  }
  const known = profile.customerParameters.map((parameter) => parameter.name)
  const unknown = Object.keys(customer).find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new Fault(
      'PARAMETER_INVALID',
      `The bank knows no customer parameter "${unknown}". It asks for ${known.join(', ') || 'none'}.`,
      { parameter: unknown },
    )
}

/** `endpoint` may have a query of its own, which stays (RFC 6749 section 3.1). */
export function authorisationUrl(endpoint: string, query: AuthorisationQuery): string {
  const url = new URL(endpoint)
  url.searchParams.set('response_type', 'code')
  url.searchParams.set('client_id', query.clientId)
  url.searchParams.set('scope', query.scope)
  url.searchParams.set('redirect_uri', query.redirectUri)
  for (const [name, value] of Object.entries(query.customer)) url.searchParams.set(name, value)
  url.searchParams.set('state', query.state)
  if (query.challenge !== null) {
    url.searchParams.set('code_challenge', query.challenge)
    url.searchParams.set('code_challenge_method', 'S256')
  }
  return url.href
}
