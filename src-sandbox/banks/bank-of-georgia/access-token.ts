/** Judges the access token of a call: known, of this certificate, for this consent or payment, and in time. */
import { digestOf } from '#sandbox/state/secret-digest.ts'
import type { BogCall } from './admission.ts'
import type { Grant } from './bog-state.ts'
import { accessTokenSeconds } from './life-times.ts'

export interface PresentedToken {
  readonly grant: Grant
  readonly issuedAt: number
}

const path = 'Authorization'

/** Null where the call has none. */
function presented(call: BogCall): PresentedToken | null {
  const header = call.header('authorization')
  if (header === undefined) return null
  const [, secret] = /^Bearer ([\w.~+/=-]+)$/i.exec(header) ?? []
  if (!secret) return call.refuse('401-token-unknown', { reason: 'Authorization is not "Bearer" and a token', path })
  const token = call.state.accessTokens[digestOf(secret)]
  const grant = token && call.state.grants[token.grant]
  if (!grant)
    return call.refuse('401-token-unknown', {
      reason: 'the access token is unknown; it may be of another client',
      text: 'The access token is unknown',
      path,
    })
  if (token.thumbprint !== call.certificate?.thumbprint)
    return call.refuse('401-token-invalid', {
      reason: 'the access token is bound to another certificate (x5t#S256 differs)',
      path,
    })
  return { grant, issuedAt: token.issuedAt }
}

/** Before time is looked at: what a token is not for, it is not for at any time. */
export function tokenFor(call: BogCall, scope: string): PresentedToken | null {
  const token = presented(call)
  if (!token) return null
  if (token.grant.scope !== scope)
    call.refuse('401-token-invalid', {
      reason: `the access token has scope ${token.grant.scope}; this needs ${scope}`,
      path,
    })
  if (token.grant.revoked)
    call.refuse('401-token-invalid', { reason: `the access token was withdrawn: ${token.grant.revoked}`, path })
  return token
}

export function checkAge(call: BogCall, token: PresentedToken): void {
  const age = Math.floor((call.now - token.issuedAt) / 1000)
  if (age >= accessTokenSeconds)
    call.refuse('401-token-expired', {
      reason: `the access token is ${age} s old; it was good for ${accessTokenSeconds} s`,
      text: 'The access token has expired',
      path,
    })
}

/** Where the customer authorised nothing yet there can be no token, so the certificate alone has to do. */
export function tokenOnceGranted(call: BogCall, scope: string): PresentedToken | null {
  const token = tokenFor(call, scope)
  if (token) checkAge(call, token)
  else if (Object.values(call.state.grants).some((grant) => grant.scope === scope))
    call.refuse('401-token-unknown', { reason: 'the call has no access token', path })
  return token
}

/** Authorisations are watched and started by signers who have no token yet; one that is sent must be good. */
export function tokenIfSent(call: BogCall, scope: string): PresentedToken | null {
  const token = tokenFor(call, scope)
  if (token) checkAge(call, token)
  return token
}

export const scopeOfConsent = (id: string): string => `AIS:${id}`
export const scopeOfPayment = (id: string): string => `PIS:${id}`
