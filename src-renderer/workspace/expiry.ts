/** What runs out and when: certificates, registration, grants and the quota of unattended calls, each with what to do next. */
import type { ViewId } from '../app-state.ts'
import type { Tone } from '../ui/badge.tsx'
import { localDate } from '../ui/local-time.ts'
import { countdown } from '../ui/use-now.ts'
import { daysLeft } from './days-left.ts'
import type { Standing } from './pipeline.ts'
import { canRefresh } from './pipeline-access.ts'

export interface ExpiryRow {
  readonly id: string
  readonly what: string
  readonly which: string
  readonly until: string
  readonly left: string
  readonly tone: Tone
  readonly next: string
  readonly view: ViewId
}

/** Days before its end at which a certificate wants to be replaced: issuing takes weeks. */
const early = 30

function certificates({ identities, now }: Standing): ExpiryRow[] {
  return identities.map(({ id, name, kind, notAfter }) => {
    const days = daysLeft(notAfter, now)
    const over = Date.parse(notAfter) <= now
    return {
      id: `certificate ${id}`,
      what: 'Certificate',
      which: kind === 'none' ? name : `${name} · ${kind}`,
      until: localDate(notAfter),
      left: over ? 'over' : `${days} d`,
      tone: over ? 'bad' : days < early ? 'caution' : 'good',
      next: over || days < early ? 'Get the next certificate and register it' : 'Nothing',
      view: 'keys',
    }
  })
}

function registrations({ registration, bank }: Standing): ExpiryRow[] {
  if (registration === null || bank.registration === null) return []
  const { clientId, registeredAt } = registration
  return [
    {
      id: 'registration',
      what: 'Registration',
      which: clientId,
      until: `since ${localDate(registeredAt)}`,
      left: 'no end',
      tone: 'neutral',
      next: 'Nothing',
      view: 'registration',
    },
  ]
}

function grantRows({ grants, now }: Standing): ExpiryRow[] {
  return grants.map((grant) => {
    const live = Date.parse(grant.accessTokenExpiresAt) > now
    const again = canRefresh(grant, now)
    const { refreshTokenExpiresAt } = grant
    return {
      id: `grant ${grant.id}`,
      what: 'Grant',
      which: grant.customer === null ? grant.scope : `${grant.scope} · ${grant.customer}`,
      until: again
        ? `refresh ${refreshTokenExpiresAt === null ? 'without a known end' : `until ${localDate(refreshTokenExpiresAt)}`}`
        : 'no refresh',
      left: countdown(grant.accessTokenExpiresAt, now),
      tone: live ? 'good' : again ? 'caution' : 'bad',
      next: live ? 'Nothing' : again ? 'Refresh the token' : 'Ask the customer again',
      view: 'access',
    }
  })
}

function quota({ bank }: Standing): ExpiryRow[] {
  if (bank.unattended === null) return []
  const { perDay, presentHeader } = bank.unattended
  return [
    {
      id: 'quota',
      what: 'Quota',
      which: 'Calls without the customer',
      until: 'every day anew',
      left: `${perDay} a day`,
      tone: 'neutral',
      next: `Send ${presentHeader} if they are there`,
      view: 'requests',
    },
  ]
}

export const expiryRows = (standing: Standing): readonly ExpiryRow[] => [
  ...certificates(standing),
  ...registrations(standing),
  ...grantRows(standing),
  ...quota(standing),
]
