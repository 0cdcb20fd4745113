/** Where a consent and its authorisation stand, worked out from what happened and the clock; nothing runs in the background. */
import { type DemoAccount, findAccount, findCustomer } from './customers.ts'
import type { Consent, Decision } from './salt-edge-state.ts'

export type ConsentStatus =
  | 'accepted'
  | 'received'
  | 'valid'
  | 'partiallyAuthorised'
  | 'rejected'
  | 'revokedByPsu'
  | 'expired'
  | 'terminatedByTpp'

export type ScaStatus = 'accepted' | 'received' | 'psuIdentified' | 'started' | 'finalised' | 'failed'

export interface Standing {
  readonly consentStatus: ConsentStatus
  readonly scaStatus: ScaStatus
}

/** How long a consent is on its way from Salt Edge to the bank. */
export const wayMilliseconds = 2_000
/** How long a customer takes who is asked in the bank's app. */
export const appMilliseconds = 20_000
/** How long the bank waits for the customers. */
export const patienceMilliseconds = 15 * 60_000
/** How long a consent lives once it is valid. The document has no field for it; people want to see one expire. */
export const lifeMilliseconds = 90 * 24 * 60 * 60_000

const finals: readonly ConsentStatus[] = ['rejected', 'revokedByPsu', 'expired', 'terminatedByTpp']
export const isFinal = (status: ConsentStatus): boolean => finals.includes(status)

/** Without a redirect the bank asks one holder after the other in its app. */
function decisionsInApp(consent: Consent, account: DemoAccount): Decision[] {
  const first = consent.psuId ?? account.holders[0] ?? ''
  const asked = [first, ...account.holders.filter((holder) => holder !== first)].slice(0, account.signatures)
  return asked.map((psuId, index) => ({
    psuId,
    approves: findCustomer(psuId)?.alwaysDenies === false,
    at: consent.createdAt + (index + 1) * appMilliseconds,
  }))
}

interface Course {
  readonly arrived: boolean
  readonly refused: boolean
  readonly approvals: readonly Decision[]
  readonly needed: number
}

function courseOf(consent: Consent, now: number): Course {
  const arrived = consent.openedAt !== null || now >= consent.createdAt + wayMilliseconds
  const account = findAccount(consent.content.account)
  const isHolders = account && (consent.psuId === null || account.holders.includes(consent.psuId))
  if (!account || !isHolders) return { arrived, refused: arrived, approvals: [], needed: 1 }
  const decisions = consent.redirectUri === null ? decisionsInApp(consent, account) : consent.decisions
  const made = decisions.filter(({ at }) => at <= now)
  const approvals = made.filter(({ approves }) => approves)
  const late = approvals.length < account.signatures && now > consent.createdAt + patienceMilliseconds
  return { arrived, refused: late || made.length > approvals.length, approvals, needed: account.signatures }
}

function consentStatus(consent: Consent, { arrived, refused, approvals, needed }: Course, now: number): ConsentStatus {
  if (consent.endedAt !== null) return 'terminatedByTpp'
  if (consent.revokedAt !== null) return 'revokedByPsu'
  if (refused) return 'rejected'
  const last = approvals[needed - 1]
  if (last) return now < last.at + lifeMilliseconds ? 'valid' : 'expired'
  if (approvals.length > 0) return 'partiallyAuthorised'
  return arrived ? 'received' : 'accepted'
}

function scaStatus(consent: Consent, { arrived, refused, approvals, needed }: Course): ScaStatus {
  if (approvals.length >= needed) return 'finalised'
  if (refused || consent.endedAt !== null) return 'failed'
  if (consent.openedAt !== null || approvals.length > 0) return 'started'
  if (!arrived) return 'accepted'
  return consent.psuId === null ? 'received' : 'psuIdentified'
}

export function standingOf(consent: Consent, now: number): Standing {
  const course = courseOf(consent, now)
  return { consentStatus: consentStatus(consent, course, now), scaStatus: scaStatus(consent, course) }
}
