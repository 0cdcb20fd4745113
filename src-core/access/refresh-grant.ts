/** Refreshes a grant: one refresh at a time across processes, the new refresh token stored before anything else. */
import { Fault, isFault } from '#shared/fault.ts'
import {
  type AccessParts,
  type AccessTarget,
  accessLifetime,
  clientIdOf,
  oauthProfile,
  resolveTarget,
} from './access-target.ts'
import type { GrantBook, GrantRecord, Tokens } from './grant-book.ts'
import type { Registrations } from './registrations.ts'
import { serverOperations, tokenPlace } from './server-operations.ts'
import type { Issued, TokenDoor, TokenEndpoint } from './token-endpoint.ts'

/** Runs work while no other process refreshes the same grant. */
export type GrantLock = <Result>(grant: string, work: () => Promise<Result>) => Promise<Result>

function lostTokens(record: GrantRecord, cause: unknown): Fault {
  return new Fault(
    'ACCESS_TOKEN_LOST',
    `The refresh token of grant ${record.id} was sent on ${record.refreshingSince} and its answer was lost, so the bank holds it for spent. Authorise again; nothing will be retried.`,
    { grant: record.id, ...(isFault(cause) && { exchange: cause.details.exchange }) },
    cause,
  )
}

/** What became of the token that was to be sent: without a clear answer nobody knows, and the mark stays. */
function fateOf(fault: unknown): 'refused' | 'unsent' | 'unknown' {
  if (!isFault(fault)) return 'unknown'
  const { exchange, status } = fault.details
  if (exchange === undefined) return 'unsent'
  const refused = fault.code === 'ACCESS_TOKEN_REFUSED' && typeof status === 'number' && status >= 400 && status < 500
  return refused ? 'refused' : 'unknown'
}

/** Where the grant's tokens are asked for: the bank's own operation, or the endpoint its server named. */
async function doorOf(record: GrantRecord, target: AccessTarget, parts: AccessParts): Promise<TokenDoor> {
  const profile = oauthProfile(target.bank)
  if (profile.flow === 'oauth-code') return { code: profile.token, refresh: profile.refresh }
  if (record.server === null)
    throw new Fault(
      'ACCESS_NOT_REFRESHABLE',
      `Grant ${record.id} does not say where its tokens came from. Authorise scope ${record.scope} again.`,
      { grant: record.id },
    )
  const endpoints = await parts.endpoints(target.bank, target.environment.id)
  return {
    code: serverOperations.token,
    refresh: serverOperations.refresh,
    place: tokenPlace(target.bank, endpoints, new URL(record.server.tokenEndpoint)),
  }
}

interface Refreshed {
  readonly issued: Issued
  /** The token that was spent. */
  readonly spent: string
}

/**
 * The newest refresh token first. When the bank clearly does not know it, the one before it is tried once: there is
 * nothing left to lose then. Never after a lost answer, whose token may be spent.
 */
async function spend(endpoint: TokenEndpoint, tokens: Tokens, record: GrantRecord): Promise<Refreshed> {
  const { refreshToken, previousRefreshToken } = tokens
  const newest = refreshToken ?? ''
  try {
    return { issued: await endpoint.refresh(newest), spent: newest }
  } catch (fault) {
    const fallback = fateOf(fault) === 'refused' && record.refreshingSince === null ? previousRefreshToken : null
    if (fallback === null) throw fault
    const issued = await endpoint.refresh(fallback).catch((second: unknown) => {
      throw fateOf(second) === 'refused' ? fault : second
    })
    return { issued, spent: fallback }
  }
}

export async function refreshGrant(
  id: string,
  parts: AccessParts,
  registrations: Registrations,
  book: GrantBook,
  lock: GrantLock,
): Promise<GrantRecord> {
  await book.find(id)
  const askedAt = parts.now()
  return lock(id, async () => {
    const record = await book.find(id)
    // Another caller refreshed it while this one waited: its result serves both.
    if (Date.parse(record.obtainedAt) > askedAt) return record
    const target = await resolveTarget(record, parts)
    const tokens = await book.tokens(id, true)
    if (tokens.refreshToken === null)
      throw new Fault(
        'ACCESS_NOT_REFRESHABLE',
        `Grant ${id} has no refresh token. Authorise scope ${record.scope} again.`,
        { grant: id },
      )
    const door = await doorOf(record, target, parts)
    const clientId = clientIdOf(target.identity)
    const registration = await registrations.find({ bank: record.bank, environment: record.environment, clientId })
    const { tokenEndpoint } = await import('./token-endpoint.ts')
    const endpoint = tokenEndpoint(target, registration?.clientId ?? clientId, door, parts)
    await book.note({ ...record, refreshingSince: record.refreshingSince ?? new Date(askedAt).toISOString() })
    const { issued, spent } = await spend(endpoint, tokens, record).catch(async (fault: unknown) => {
      const fate = fateOf(fault)
      if (fate === 'refused' && record.refreshingSince !== null) throw lostTokens(record, fault)
      if (fate !== 'unknown') await book.note(record)
      throw fault
    })
    const fresh = renewed(record, issued, target, parts.now())
    const { accessToken, refreshToken } = issued.tokens
    // The one that was spent stays until its successor has worked in turn.
    await book.save(fresh, { accessToken, refreshToken: refreshToken ?? spent }, refreshToken === null ? null : spent)
    return fresh
  })
}

function renewed(record: GrantRecord, issued: Issued, { bank }: AccessTarget, now: number): GrantRecord {
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()
  return {
    ...record,
    obtainedAt: at(0),
    accessTokenExpiresAt: at(issued.expiresIn ?? accessLifetime(bank)),
    refreshingSince: null,
    boundTo: issued.boundTo,
  }
}
