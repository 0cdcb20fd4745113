/** The token endpoint: authenticates the client by its certificate (RFC 8705) and trades a code or refresh token for tokens. */
import { createHash, randomUUID } from 'node:crypto'
import { Refused } from '#sandbox/bank/refused.ts'
import type { PlainCall } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, jsonAnswer, mediaTypeOf } from '#sandbox/net/answer.ts'
import { digestOf, newSecret } from '#sandbox/state/secret-digest.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { type BogState, bogStateOf, type Code, type Grant } from './bog-state.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { connectionObstacle, rolesOf } from './client-certificate.ts'
import { consentStatus } from './consent-status.ts'
import { accessTokenSeconds, codeLives, day } from './life-times.ts'

interface TokenRequest {
  readonly state: BogState
  readonly fields: URLSearchParams
  readonly now: number
  /** x5t#S256 of the client certificate: what the access token is bound to. */
  readonly thumbprint: string
}

/** Ended grants are kept a while, so that their late use can be explained instead of called unknown. */
const keptFor = 365 * day

/** RFC 6749 section 5.2. */
function refuse(status: 400 | 401, error: string, description: string): never {
  const body = { error, error_description: description }
  throw new Refused(jsonAnswer(status, body, `${error}: ${description}`, { pragma: 'no-cache' }))
}

function authenticate(bog: BogSurroundings, { certificate }: PlainCall, clientId: string | null): string {
  const obstacle = connectionObstacle(bog, certificate)
  if (obstacle || !certificate) return refuse(401, 'invalid_client', obstacle?.reason ?? 'there is no certificate')
  if (clientId === null) refuse(401, 'invalid_client', 'client_id is missing')
  if (clientId !== certificate.organizationIdentifier)
    refuse(
      401,
      'invalid_client',
      `client_id is ${clientId}, the certificate is ${certificate.organizationIdentifier}'s`,
    )
  if (rolesOf(certificate).length === 0) refuse(401, 'invalid_client', 'the certificate has no PSD2 statement')
  return certificate.thumbprint
}

function forgetOld(state: BogState, now: number): void {
  for (const [key, code] of Object.entries(state.codes)) if (code.issuedAt < now - keptFor) delete state.codes[key]
  for (const [id, grant] of Object.entries(state.grants))
    if (grant.authenticatedAt < now - keptFor) delete state.grants[id]
  for (const tokens of [state.accessTokens, state.refreshTokens])
    for (const [key, token] of Object.entries(tokens)) if (!state.grants[token.grant]) delete tokens[key]
}

function issue({ state, now, thumbprint }: TokenRequest, grant: Grant, reason: string): Answer {
  forgetOld(state, now)
  const [accessToken, refreshToken] = [newSecret(), newSecret()]
  state.accessTokens[digestOf(accessToken)] = { grant: grant.id, issuedAt: now, thumbprint }
  state.refreshTokens[digestOf(refreshToken)] = { grant: grant.id, used: false }
  const body = {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: accessTokenSeconds,
    refresh_token: refreshToken,
    scope: grant.scope,
  }
  return jsonAnswer(200, body, reason, { pragma: 'no-cache' })
}

function checkCode({ fields, now }: TokenRequest, code: Code): void {
  const age = now - code.issuedAt
  if (age > codeLives)
    refuse(400, 'invalid_grant', `the code is ${Math.floor(age / 1000)} s old; it was good for ${codeLives / 1000} s`)
  if (fields.get('redirect_uri') !== code.redirectUri)
    refuse(400, 'invalid_grant', 'redirect_uri is not the one of the authorisation request')
  const verifier = fields.get('code_verifier')
  if (verifier === null) refuse(400, 'invalid_request', 'code_verifier is missing')
  const computed = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url')
  if (computed !== code.challenge) refuse(400, 'invalid_grant', 'code_verifier does not belong to the code_challenge')
}

function redeemCode(request: TokenRequest): Answer {
  const { state, fields } = request
  const code = state.codes[digestOf(fields.get('code') ?? '')]
  if (!code) return refuse(400, 'invalid_grant', 'the code is missing or unknown; it may be of another client')
  const former = code.grant === null ? undefined : state.grants[code.grant]
  if (code.grant !== null) {
    // RFC 6749 section 4.1.2: a second use may be an attack, so what the first one brought ends too.
    if (former) former.revoked = 'its code was used twice'
    return refuse(400, 'invalid_grant', 'the code was used before; the tokens it brought are withdrawn')
  }
  checkCode(request, code)
  const { psu, scope, issuedAt } = code
  const grant: Grant = { id: randomUUID(), psu, scope, authenticatedAt: issuedAt, revoked: null }
  state.grants[grant.id] = grant
  code.grant = grant.id
  return issue(request, grant, `code exchanged for scope ${scope}`)
}

/** A consent's tokens end with it. */
function endedConsent({ state, now }: TokenRequest, { scope }: Grant): string | null {
  const consent = scope.startsWith('AIS:') ? state.consents[scope.slice(4)] : undefined
  const status = consent ? consentStatus(consent, now) : 'valid'
  return ['valid', 'partiallyAuthorised', 'received'].includes(status) ? null : `the consent is ${status}`
}

function redeemRefreshToken(request: TokenRequest): Answer {
  const { state, fields } = request
  const token = state.refreshTokens[digestOf(fields.get('refresh_token') ?? '')]
  const grant = token && state.grants[token.grant]
  if (!grant) return refuse(400, 'invalid_grant', 'the refresh token is missing or unknown')
  if (grant.revoked) return refuse(400, 'invalid_grant', `the grant was withdrawn: ${grant.revoked}`)
  if (token.used) {
    // RFC 9700 section 4.14.2: one of two holders is a thief, so neither keeps access.
    grant.revoked = 'a refresh token was used twice'
    return refuse(400, 'invalid_grant', 'the refresh token was used before; all tokens of this grant are withdrawn')
  }
  const ended = endedConsent(request, grant)
  if (ended) return refuse(400, 'invalid_grant', ended)
  token.used = true
  return issue(request, grant, 'refresh token exchanged')
}

export function tokenEndpoint(bog: BogSurroundings, call: PlainCall): Answer {
  if (mediaTypeOf(call.received) !== 'application/x-www-form-urlencoded')
    refuse(400, 'invalid_request', 'the body must be application/x-www-form-urlencoded')
  const fields = new URLSearchParams(call.received.body.toString('utf8'))
  const thumbprint = authenticate(bog, call, fields.get('client_id'))
  for (const name of new Set(fields.keys()))
    if (fields.getAll(name).length > 1) refuse(400, 'invalid_request', `${name} was sent more than once`)
  const request: TokenRequest = { state: bogStateOf(call.tenant), fields, now: tenantNow(call.tenant), thumbprint }
  const grantType = fields.get('grant_type')
  if (grantType === 'authorization_code') return redeemCode(request)
  if (grantType === 'refresh_token') return redeemRefreshToken(request)
  if (grantType === null) return refuse(400, 'invalid_request', 'grant_type is missing')
  return refuse(400, 'unsupported_grant_type', 'grant_type must be authorization_code or refresh_token')
}
