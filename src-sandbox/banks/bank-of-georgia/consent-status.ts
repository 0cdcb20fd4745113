/** Where a consent stands, worked out from what happened to it and the clock; nothing has to run in the background. */
import { dayOf } from '#sandbox/bank/calendar.ts'
import type { Authorisable, Consent } from './bog-state.ts'
import { resourceWaits } from './life-times.ts'

export type ConsentStatus =
  | 'received'
  | 'partiallyAuthorised'
  | 'valid'
  | 'rejected'
  | 'revokedByPsu'
  | 'expired'
  | 'terminatedByTpp'

/** Nobody, or not everybody, authorised it in time. */
export const isLeftUnauthorised = ({ signedAt, rejectedAt, createdAt }: Authorisable, now: number): boolean =>
  signedAt === null && rejectedAt === null && now > createdAt + resourceWaits

export function consentStatus(consent: Consent, now: number): ConsentStatus {
  if (consent.deletedAt !== null) return 'terminatedByTpp'
  if (consent.revokedAt !== null) return 'revokedByPsu'
  if (consent.rejectedAt !== null || isLeftUnauthorised(consent, now)) return 'rejected'
  if (consent.signedAt === null) return consent.signedBy.length > 0 ? 'partiallyAuthorised' : 'received'
  // validUntil is its last day, not the first one without it.
  return consent.replacedAt !== null || consent.validUntil < dayOf(now) ? 'expired' : 'valid'
}
