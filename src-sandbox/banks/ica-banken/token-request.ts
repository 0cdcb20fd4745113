/** A token request of an authenticated client, and the tokens it ends in. */
import { type Answer, jsonAnswer } from '#sandbox/net/answer.ts'
import { digestOf, newSecret } from '#sandbox/state/secret-digest.ts'
import { type Tenant, tenantNow } from '#sandbox/state/tenants.ts'
import { refuseGrant } from './grant-errors.ts'
import { type Grant, icaStateOf } from './ica-state.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'

export interface TokenRequest {
  readonly ica: IcaSurroundings
  readonly fields: URLSearchParams
  readonly tenant: Tenant
  /** x5t#S256 of the client certificate: what the access token is bound to (RFC 8705). */
  readonly thumbprint: string
  /** PSD2 roles of the client certificate. */
  readonly roles: readonly string[]
}

/** The document gives the scope account to AISPs and every other one to PISPs. @throws Refused */
export function checkRoles({ roles }: TokenRequest, scope: string): void {
  const needed = scope.split(' ').map((one) => (one === 'account' ? 'PSP_AI' : 'PSP_PI'))
  const missing = needed.find((role) => !roles.includes(role))
  if (missing)
    refuseGrant(
      'unauthorized_client',
      `the certificate has ${roles.join(', ') || 'no role'}; scope ${scope} needs ${missing}`,
    )
}

export const accessTokenSeconds = 600
const dayMilliseconds = 24 * 60 * 60 * 1000
export const consentMilliseconds = 90 * dayMilliseconds

/** Expired consents are kept a while, so that their late use can be explained instead of called unknown. */
const keptMilliseconds = 180 * dayMilliseconds

export const isConsentOver = (grant: Grant, now: number): boolean => now > grant.authenticatedAt + consentMilliseconds

function forgetOld(tenant: Tenant): void {
  const state = icaStateOf(tenant)
  const tooOld = tenantNow(tenant) - keptMilliseconds
  for (const [key, code] of Object.entries(state.codes)) if (code.issuedAt < tooOld) delete state.codes[key]
  for (const [id, grant] of Object.entries(state.grants)) if (grant.authenticatedAt < tooOld) delete state.grants[id]
  for (const tokens of [state.accessTokens, state.refreshTokens])
    for (const [key, token] of Object.entries(tokens)) if (!state.grants[token.grant]) delete tokens[key]
}

/** @param sameRefreshToken handed back instead of a new one. */
export function issueTokens(request: TokenRequest, grant: Grant, reason: string, sameRefreshToken?: string): Answer {
  forgetOld(request.tenant)
  const state = icaStateOf(request.tenant)
  const accessToken = newSecret()
  const refreshToken = sameRefreshToken ?? newSecret()
  state.accessTokens[digestOf(accessToken)] = {
    grant: grant.id,
    issuedAt: tenantNow(request.tenant),
    thumbprint: request.thumbprint,
  }
  state.refreshTokens[digestOf(refreshToken)] = { grant: grant.id, used: false }
  const body = {
    access_token: accessToken,
    refresh_token: refreshToken,
    scope: grant.scope,
    token_type: 'bearer',
    expires_in: accessTokenSeconds,
  }
  return jsonAnswer(200, body, reason, { pragma: 'no-cache' })
}
