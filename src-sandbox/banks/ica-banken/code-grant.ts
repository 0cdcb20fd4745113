/** Exchanges an authorisation code: once, in time, for the same client, callback and verifier. */
import { createHash, randomUUID } from 'node:crypto'
import type { Answer } from '#sandbox/net/answer.ts'
import { digestOf } from '#sandbox/state/secret-digest.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { refuseGrant } from './grant-errors.ts'
import { type Code, type Grant, icaStateOf } from './ica-state.ts'
import { checkRoles, issueTokens, type TokenRequest } from './token-request.ts'

const codeMilliseconds = 30_000

function checkVerifier(code: Code, verifier: string | null): void {
  if (code.challenge === null) {
    // RFC 9700 section 2.1.1: else an attacker could strip the challenge from the request.
    if (verifier !== null) refuseGrant('invalid_grant', 'code_verifier was sent, but no code_challenge before')
    return
  }
  if (verifier === null) refuseGrant('invalid_request', 'code_verifier is missing; a code_challenge was sent before')
  const computed = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url')
  if (computed !== code.challenge) refuseGrant('invalid_grant', 'code_verifier does not belong to the code_challenge')
}

function check(request: TokenRequest, code: Code): void {
  const age = tenantNow(request.tenant) - code.issuedAt
  if (age > codeMilliseconds)
    refuseGrant('invalid_grant', `the code is ${Math.floor(age / 1000)} s old; it was good for 30 s`)
  const redirectUri = request.fields.get('redirect_uri')
  if (redirectUri === null) refuseGrant('invalid_request', 'redirect_uri is missing')
  if (redirectUri !== code.redirectUri)
    refuseGrant('invalid_grant', 'redirect_uri is not the one of the authorisation request')
  checkVerifier(code, request.fields.get('code_verifier'))
}

export function redeemCode(request: TokenRequest): Answer {
  const text = request.fields.get('code')
  if (!text) return refuseGrant('invalid_request', 'code is missing')
  const state = icaStateOf(request.tenant)
  const code = state.codes[digestOf(text)]
  if (!code) return refuseGrant('invalid_grant', 'the code is unknown; it may be of another client')
  if (code.grant !== null) {
    // RFC 6749 section 4.1.2: a second use may be an attack, so what the first one brought ends too.
    const grant = state.grants[code.grant]
    if (grant) grant.revoked = 'its code was used twice'
    return refuseGrant('invalid_grant', 'the code was used before; the tokens it brought are revoked')
  }
  check(request, code)
  checkRoles(request, code.scope)
  const grant: Grant = {
    id: randomUUID(),
    ssn: code.ssn,
    scope: code.scope,
    authenticatedAt: code.issuedAt,
    revoked: null,
  }
  state.grants[grant.id] = grant
  code.grant = grant.id
  return issueTokens(request, grant, `code exchanged for scope ${grant.scope}`)
}
