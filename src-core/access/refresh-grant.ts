/** Refreshes a grant: one refresh at a time across processes, the new refresh token stored before anything else. */
import { Fault, isFault } from '#shared/fault.ts'
import { type AccessParts, clientIdOf, requireAccess, resolveTarget } from './access-target.ts'
import type { GrantBook, GrantRecord } from './grant-book.ts'
import type { Registrations } from './registrations.ts'

/** Runs work while no other process refreshes the same grant. */
export type GrantLock = <Result>(grant: string, work: () => Promise<Result>) => Promise<Result>

function lostTokens(record: GrantRecord, cause: unknown): Fault {
  return new Fault(
    'ACCESS_TOKEN_LOST',
    `The refresh token of grant ${record.id} was sent on ${record.refreshingSince} and its answer was lost, so the bank holds it for spent. Authorise again; nothing will be retried.`,
    { grant: record.id },
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
    const profile = requireAccess(target.bank)
    const { refreshToken } = await book.tokens(id)
    if (refreshToken === null)
      throw new Fault(
        'ACCESS_NOT_REFRESHABLE',
        `Grant ${id} has no refresh token. Authorise scope ${record.scope} again.`,
        { grant: id },
      )
    const clientId = clientIdOf(target.identity)
    const registration = await registrations.find({ bank: record.bank, environment: record.environment, clientId })
    const { tokenEndpoint } = await import('./token-endpoint.ts')
    const endpoint = tokenEndpoint(
      target,
      registration?.clientId ?? clientId,
      { code: profile.token, refresh: profile.refresh },
      parts,
    )
    await book.note({ ...record, refreshingSince: record.refreshingSince ?? new Date(askedAt).toISOString() })
    const issued = await endpoint.refresh(refreshToken).catch(async (fault: unknown) => {
      const fate = fateOf(fault)
      if (fate === 'refused' && record.refreshingSince !== null) throw lostTokens(record, fault)
      if (fate !== 'unknown') await book.note(record)
      throw fault
    })
    const now = parts.now()
    const fresh: GrantRecord = {
      ...record,
      obtainedAt: new Date(now).toISOString(),
      accessTokenExpiresAt: new Date(now + (issued.expiresIn ?? profile.lifetimes.accessToken) * 1000).toISOString(),
      refreshingSince: null,
    }
    await book.save(fresh, {
      accessToken: issued.tokens.accessToken,
      refreshToken: issued.tokens.refreshToken ?? refreshToken,
    })
    return fresh
  })
}
