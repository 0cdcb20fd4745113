/** Gathers what a grant is shown with: its identity as it is now, and the day's calls without the customer. */
import { anyIdentity } from '#shared/any-identity.ts'
import type { Grant } from '#shared/contract/access.ts'
import type { AccessParts } from './access-target.ts'
import type { GrantRecord } from './grant-book.ts'
import { grantView } from './grant-view.ts'
import { dayOf, type UnattendedCount } from './unattended-count.ts'

export interface ShowParts extends Pick<AccessParts, 'banks' | 'identity' | 'now'> {
  readonly unattended: UnattendedCount
}

/** Name of an identity, or its id when it is gone. */
export async function identityName(id: string, parts: Pick<AccessParts, 'identity'>): Promise<string> {
  if (id === anyIdentity) return 'any identity'
  return (await parts.identity(id).catch(() => null))?.name ?? id
}

export async function showGrant(record: GrantRecord, parts: ShowParts): Promise<Grant> {
  const now = parts.now()
  const entered = record.identity === anyIdentity
  const [bank, identity] = await Promise.all([
    parts.banks.at(record.bank, record.environment).catch(() => null),
    entered ? null : parts.identity(record.identity).catch(() => null),
  ])
  const perDay = bank?.profile.unattended?.perDay
  return grantView(record, {
    identityName: entered ? 'any identity' : (identity?.name ?? record.identity),
    certificate: identity?.sha256 ?? null,
    unattended:
      perDay === undefined ? null : { day: dayOf(now), used: await parts.unattended.used(record.id, now), perDay },
    now,
  })
}
