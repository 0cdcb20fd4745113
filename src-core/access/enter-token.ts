/** Keeps a token a person got elsewhere (a bank without an authorisation flow of its own, a test token) as a grant. */
import { anyIdentity } from '#shared/any-identity.ts'
import { Fault } from '#shared/fault.ts'
import type { AccessParts } from './access-target.ts'
import { boundCertificate } from './certificate-binding.ts'
import { type GrantBook, type GrantRecord, newGrantId } from './grant-book.ts'
import { claimsOf } from './token-claims.ts'

export interface EnterInput {
  readonly bank: string
  readonly environment: string
  readonly identity?: string | undefined
  readonly scope?: string | undefined
  readonly token: string
  /** Seconds. */
  readonly expiresIn?: number | undefined
}

/** RFC 6750 section 2.1: what may follow "Bearer". */
const tokenForm = /^[A-Za-z0-9\-._~+/]+=*$/

/** `exp` of a token that is a JWT (RFC 7519 section 4.1.4), in milliseconds since 1970; null for every other token. */
export function expiryOf(token: string): number | null {
  const exp = (claimsOf(token) as { exp?: unknown } | null)?.exp
  return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : null
}

function expiresAt({ token, expiresIn }: EnterInput, now: number): Date {
  const at = expiresIn === undefined ? expiryOf(token) : now + expiresIn * 1000
  if (at === null)
    throw new Fault('INPUT_INVALID', 'The token does not say how long it is valid: give its seconds.', {
      field: 'expiresIn',
    })
  if (at <= now)
    throw new Fault('INPUT_INVALID', `The token ended on ${new Date(at).toISOString()}: get a new one.`, {
      field: 'token',
    })
  return new Date(at)
}

/** Throws INPUT_INVALID by field; the token itself is in no message. */
export async function enterToken(input: EnterInput, parts: AccessParts, book: GrantBook): Promise<GrantRecord> {
  const bank = await parts.banks.at(input.bank, input.environment)
  const scopes = bank.operations.flatMap((operation) => operation.scope ?? [])
  const scope = input.scope ?? (new Set(scopes).size === 1 ? scopes[0] : undefined)
  if (scope === undefined)
    throw new Fault('INPUT_INVALID', `Say which scope the token has, such as ${[...new Set(scopes)].join(', ')}.`, {
      field: 'scope',
    })
  if (!tokenForm.test(input.token))
    throw new Fault('INPUT_INVALID', 'The token holds characters no bearer token has (RFC 6750 section 2.1).', {
      field: 'token',
    })
  const identity = input.identity === undefined ? anyIdentity : (await parts.identity(input.identity)).id
  const now = parts.now()
  const record: GrantRecord = {
    id: newGrantId(),
    bank: bank.id,
    environment: input.environment,
    identity,
    customer: null,
    scope,
    obtainedAt: new Date(now).toISOString(),
    accessTokenExpiresAt: expiresAt(input, now).toISOString(),
    refreshable: false,
    refreshTokenExpiresAt: null,
    refreshingSince: null,
    boundTo: boundCertificate(input.token),
    server: null,
    consent: null,
  }
  await book.save(record, { accessToken: input.token, refreshToken: null })
  return record
}
