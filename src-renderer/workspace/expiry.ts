/** What runs out and when: certificates, tokens, consents and the day's calls without the customer, each with what to do next. */
import type { Grant } from '#shared/contract/access.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { endOf, statusName } from '../bank-status.ts'
import type { Tone } from '../ui/badge.tsx'
import { localDate } from '../ui/local-time.ts'
import { countdown } from '../ui/use-now.ts'
import { daysLeft } from './days-left.ts'
import type { Standing } from './pipeline.ts'
import { canRefresh } from './pipeline-access.ts'

/** What the button of an item does. `look`: nothing has to be done; it leads to where the thing is. */
export type ExpiryAction =
  | { readonly kind: 'keys'; readonly label: string }
  | { readonly kind: 'refresh'; readonly label: string; readonly grant: string }
  | { readonly kind: 'scope'; readonly label: string; readonly scope: string }
  | { readonly kind: 'consent'; readonly label: string; readonly consent: string }
  | { readonly kind: 'access'; readonly label: string }

export interface ExpiryItem {
  readonly id: string
  readonly what: string
  readonly which: string
  /** Milliseconds since 1970; null where no end is known. */
  readonly end: number | null
  /** From when on something should be done, in milliseconds since 1970. */
  readonly from: number | null
  /** `41 d left`, or what else tells how it stands. */
  readonly left: string
  readonly tone: Tone
  /** What must be done, or when. */
  readonly next: string
  /** It should be done now. */
  readonly due: boolean
  readonly action: ExpiryAction
}

const day = 86_400_000
/** Days before its end at which a certificate wants to be replaced: issuing takes weeks. */
const certificateEarly = 30
/** Of the ninety days of a refresh token, the 85th is the planned one to ask the customer: five are left for their answer. */
const askingEarly = 5
/** Days before its last one at which a consent wants to be asked for anew. */
const consentEarly = 14

const left = (end: number, now: number): string =>
  end <= now ? 'over' : end - now < day ? 'less than a day' : `${daysLeft(new Date(end).toISOString(), now)} d left`

function certificates({ identities, now }: Standing): ExpiryItem[] {
  return identities.map(({ id, name, kind, notAfter }) => {
    const end = Date.parse(notAfter)
    const from = end - certificateEarly * day
    const due = now >= from
    return {
      id: `certificate ${id}`,
      what: 'Certificate',
      which: kind === 'none' ? name : `${name} · ${kind}`,
      end,
      from,
      left: left(end, now),
      tone: end <= now ? 'bad' : due ? 'caution' : 'good',
      next: due ? 'Get the next certificate and register it' : `Renew from ${localDate(from)} on`,
      due,
      action: { kind: 'keys', label: due ? 'Order or import the next' : 'Open Keys' },
    }
  })
}

/** Of one consent or payment: the customer is asked anew there. */
const asking = ({ consent, scope }: Grant): ExpiryAction =>
  consent === null
    ? { kind: 'scope', label: 'Ask the customer anew', scope }
    : { kind: 'consent', label: 'Authorise it anew', consent }

function grantItem(grant: Grant, now: number): ExpiryItem {
  const live = Date.parse(grant.accessTokenExpiresAt) > now
  const again = canRefresh(grant, now)
  const { refreshTokenExpiresAt } = grant
  const end = Date.parse(again ? (refreshTokenExpiresAt ?? '') : grant.accessTokenExpiresAt)
  const from = again && !Number.isNaN(end) ? end - askingEarly * day : null
  const late = from !== null && now >= from
  const token = live ? `access token ${countdown(grant.accessTokenExpiresAt, now)}` : 'access token over'
  const common = {
    id: `grant ${grant.id}`,
    what: again ? 'Refresh token' : 'Access token',
    which: grant.customer === null ? grant.scope : `${grant.scope} · ${grant.customer}`,
    end: Number.isNaN(end) ? null : end,
    from,
    left: Number.isNaN(end) ? 'no end known' : again ? left(end, now) : countdown(grant.accessTokenExpiresAt, now),
  }
  if (!live && !again)
    return { ...common, tone: 'bad', next: 'Nothing can be called with it', due: true, action: asking(grant) }
  if (late)
    return {
      ...common,
      tone: 'caution',
      next: `Ask before ${localDate(end)}, when no refresh helps any more`,
      due: true,
      action: asking(grant),
    }
  if (!live)
    return {
      ...common,
      tone: 'caution',
      next: 'The access token is over',
      due: true,
      action: { kind: 'refresh', label: 'Refresh', grant: grant.id },
    }
  const next = from === null ? token : `${token}; ask anew from ${localDate(from)} on`
  return { ...common, tone: 'good', next, due: false, action: { kind: 'access', label: 'Open Access' } }
}

/** Those that ended are in Access; here stands what can still be done something about. */
function consentItems({ bank, environment, grants, remembered, now }: Standing): ExpiryItem[] {
  const here = ({ kind, bank: of, environment: at, final, replacedBy }: Remembered) =>
    kind === 'consent' && of === bank.id && at === environment.id && !final && replacedBy === null
  const profile = bank.resources.find(({ kind }) => kind === 'consent')
  return remembered.filter(here).map((consent) => {
    const { id, resource, status, validUntil } = consent
    const text = validUntil === null ? null : endOf(validUntil)
    const end = text === null ? null : Date.parse(text)
    const usable = profile?.active === undefined || status === profile.active
    const from = end === null ? null : end - consentEarly * day
    const over = end !== null && end <= now
    const late = from !== null && now >= from
    // The customer was there: only the bank's word is older than that.
    const signed = !usable && grants.some((grant) => grant.consent === id)
    const due = late || !(usable || signed)
    return {
      id: `consent ${id}`,
      what: 'Consent',
      which: resource,
      end,
      from,
      left: end === null ? 'no end known' : left(end, now),
      tone: over ? 'bad' : due ? 'caution' : 'good',
      next: late
        ? 'Ask for a new consent'
        : usable
          ? from === null
            ? 'Nothing to do'
            : `Ask anew from ${localDate(from)} on`
          : signed
            ? `A token came for it; the bank last said ${statusName(bank, consent)}`
            : `${statusName(bank, consent)}: the customer has to authorise it`,
      due,
      action: {
        kind: 'consent',
        label: late ? 'Ask for a new one' : usable || signed ? 'Open the consent' : 'Have it authorised',
        consent: id,
      },
    }
  })
}

/** The next midnight of UTC, at which the calls of a day are counted anew. */
const midnight = (now: number): number => (Math.floor(now / day) + 1) * day

function quotas({ bank, grants, now }: Standing): ExpiryItem[] {
  if (bank.unattended === null) return []
  const { presentHeader } = bank.unattended
  return grants.flatMap(({ id, scope, customer, unattended }) => {
    if (unattended === null || Date.parse(unattended.day) + day <= now) return []
    const { used, perDay } = unattended
    if (used === 0) return []
    const out = used >= perDay
    return {
      id: `quota ${id}`,
      what: 'Quota',
      which: customer === null ? scope : `${scope} · ${customer}`,
      end: midnight(now),
      from: null,
      left: `${used} of ${perDay} used`,
      tone: out ? ('bad' as const) : used === perDay - 1 ? ('caution' as const) : ('neutral' as const),
      next: out ? `Send ${presentHeader} while the customer is there` : 'Counted anew at midnight (UTC)',
      due: out,
      action: { kind: 'access' as const, label: 'Open Access' },
    }
  })
}

const byUrgency = (one: ExpiryItem, other: ExpiryItem): number =>
  Number(other.due) - Number(one.due) || (one.end ?? Infinity) - (other.end ?? Infinity)

/** What has to be done first, then what ends first. */
export const expiryItems = (standing: Standing): readonly ExpiryItem[] =>
  [
    ...certificates(standing),
    ...standing.grants.map((grant) => grantItem(grant, standing.now)),
    ...consentItems(standing),
    ...quotas(standing),
  ].sort(byUrgency)
