/** A grant as window and terminal see it: with the seconds left, without the tokens. */
import type { Grant } from '#shared/contract/access.ts'
import type { GrantRecord } from './grant-book.ts'

/** `now` in milliseconds since 1970. */
export function grantView(record: GrantRecord, identityName: string, now: number): Grant {
  return {
    id: record.id,
    bank: record.bank,
    environment: record.environment,
    identity: record.identity,
    identityName,
    customer: record.customer,
    scope: record.scope,
    obtainedAt: record.obtainedAt,
    accessTokenExpiresAt: record.accessTokenExpiresAt,
    accessTokenSecondsLeft: Math.max(0, Math.floor((Date.parse(record.accessTokenExpiresAt) - now) / 1000)),
    refreshable: record.refreshable,
    refreshTokenExpiresAt: record.refreshTokenExpiresAt,
  }
}
