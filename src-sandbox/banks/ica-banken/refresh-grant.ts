/** Redeems a refresh token: once each, for 90 days after the customer authenticated. */
import type { Answer } from '#sandbox/net/answer.ts'
import { digestOf } from '#sandbox/state/secret-digest.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { refuseGrant, refuseWithRow } from './grant-errors.ts'
import { icaStateOf } from './ica-state.ts'
import { checkRoles, isConsentOver, issueTokens, type TokenRequest } from './token-request.ts'

export function redeemRefreshToken(request: TokenRequest): Answer {
  const text = request.fields.get('refresh_token')
  if (!text) return refuseGrant('invalid_request', 'refresh_token is missing')
  const state = icaStateOf(request.tenant)
  const token = state.refreshTokens[digestOf(text)]
  const grant = token && state.grants[token.grant]
  if (!grant) return refuseGrant('invalid_grant', 'the refresh token is unknown; it may be of another client')
  if (grant.revoked) return refuseGrant('invalid_grant', `the consent was revoked: ${grant.revoked}`)
  if (token.used) {
    // RFC 9700 section 4.14.2: one of two holders is a thief, so neither keeps access.
    grant.revoked = 'a refresh token was used twice'
    return refuseGrant('invalid_grant', 'the refresh token was used before; all tokens of this consent are revoked')
  }
  if (isConsentOver(grant, tenantNow(request.tenant)))
    return refuseWithRow(
      request.ica,
      'ica-general-consent-expired',
      'invalid_grant',
      'the customer authenticated more than 90 days ago',
    )
  checkRoles(request, grant.scope)
  const reusable = request.ica.isOn(request.tenant, 'refresh-token-reusable')
  if (!reusable) token.used = true
  return issueTokens(request, grant, 'refresh token redeemed', reusable ? text : undefined)
}
