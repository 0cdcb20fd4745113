/** A grant as window and terminal see it: with the seconds left, without the tokens. */
import type { Grant } from '#shared/contract/access.ts'
import type { GrantRecord } from './grant-book.ts'

/** What a view shows beside the record. */
export interface GrantSurroundings {
  readonly identityName: string
  /** SHA-256 of the identity's certificate as it is now; null when the identity is gone or unknown. */
  readonly certificate: string | null
  readonly unattended: Grant['unattended']
  /** Milliseconds since 1970. */
  readonly now: number
}

export function grantView(record: GrantRecord, around: GrantSurroundings): Grant {
  const { boundTo } = record
  const matches = around.certificate === null ? null : around.certificate === boundTo
  return {
    id: record.id,
    bank: record.bank,
    environment: record.environment,
    identity: record.identity,
    identityName: around.identityName,
    customer: record.customer,
    scope: record.scope,
    obtainedAt: record.obtainedAt,
    accessTokenExpiresAt: record.accessTokenExpiresAt,
    accessTokenSecondsLeft: Math.max(0, Math.floor((Date.parse(record.accessTokenExpiresAt) - around.now) / 1000)),
    refreshable: record.refreshable,
    refreshTokenExpiresAt: record.refreshTokenExpiresAt,
    binding: boundTo === null ? null : { sha256: boundTo, matches },
    unattended: around.unattended,
    consent: record.consent,
  }
}
