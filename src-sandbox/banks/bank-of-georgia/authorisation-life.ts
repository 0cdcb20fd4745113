/** What becomes of an authorisation and, through it, of the consent, payment or cancellation it is for. */
import { randomUUID } from 'node:crypto'
import { dayOf } from '#sandbox/bank/calendar.ts'
import type { Authorisable, Authorisation, BogState, Consent, ResourceKind, ScaStatus } from './bog-state.ts'
import { consentStatus, isLeftUnauthorised } from './consent-status.ts'
import { authorisationWaits } from './life-times.ts'
import { isUnderWay, paymentStatus } from './payment-status.ts'

/** @returns undefined for a cancellation nobody asked for. */
export function subjectOf(state: BogState, kind: ResourceKind, resource: string): Authorisable | undefined {
  if (kind === 'consent') return state.consents[resource]
  const payment = state.payments[resource]
  return kind === 'payment' ? payment : (payment?.cancellation ?? undefined)
}

export interface Start {
  readonly kind: ResourceKind
  readonly resource: string
  readonly psu: string | null
  readonly redirectUri: string | null
  readonly now: number
}

export function newAuthorisation(state: BogState, { now, ...start }: Start): Authorisation {
  const authorisation: Authorisation = {
    ...start,
    id: randomUUID(),
    createdAt: now,
    status: start.psu === null ? 'received' : 'psuIdentified',
  }
  state.authorisations[authorisation.id] = authorisation
  return authorisation
}

export const isFinal = ({ status }: Authorisation): boolean => status === 'finalised' || status === 'failed'

/** Left unfinished for too long. */
export const isOver = (authorisation: Authorisation, now: number): boolean =>
  !isFinal(authorisation) && now > authorisation.createdAt + authorisationWaits

/** Whether the bank still waits for signatures. */
export function isOpen(state: BogState, kind: ResourceKind, resource: string, now: number): boolean {
  const subject = subjectOf(state, kind, resource)
  if (!subject || subject.signedAt !== null || subject.rejectedAt !== null) return false
  if (isLeftUnauthorised(subject, now)) return false
  const payment = state.payments[resource]
  if (kind === 'consent') {
    const status = consentStatus(subject as Consent, now)
    return status === 'received' || status === 'partiallyAuthorised'
  }
  if (!payment) return false
  return kind === 'payment' ? payment.cancelledAt === null : !isUnderWay(paymentStatus(payment, now))
}

/** The one a signer who comes to the bank's page would finish: his own, else one that names nobody; the newest first. */
export function openAuthorisation(
  state: BogState,
  kind: ResourceKind,
  resource: string,
  psu: string,
  now: number,
): Authorisation | undefined {
  const open = Object.values(state.authorisations)
    .filter((one) => one.kind === kind && one.resource === resource && !isFinal(one) && !isOver(one, now))
    .reverse()
  return open.find((one) => one.psu === psu) ?? open.find((one) => one.psu === null)
}

/** An authorised recurring consent ends the customer's former ones. */
function replaceFormer(state: BogState, consent: Consent, now: number): void {
  if (!consent.recurring) return
  const former = Object.values(state.consents).filter(
    (one) =>
      one.id !== consent.id &&
      one.recurring &&
      consentStatus(one, now) === 'valid' &&
      one.signedBy.some((psu) => consent.signedBy.includes(psu)),
  )
  for (const one of former) one.replacedAt = now
}

export function setStatus(authorisation: Authorisation, status: ScaStatus, psu: string | null): void {
  authorisation.status = status
  authorisation.psu ??= psu
}

/** One signer agreed; the last one sets things going. */
export function finalise(state: BogState, authorisation: Authorisation, psu: string, now: number): void {
  const subject = subjectOf(state, authorisation.kind, authorisation.resource)
  if (!subject) return
  setStatus(authorisation, 'finalised', psu)
  if (!subject.signedBy.includes(psu)) subject.signedBy.push(psu)
  if (subject.everyone && !subject.eligible.every((one) => subject.signedBy.includes(one))) return
  subject.signedAt = now
  const consent = state.consents[authorisation.resource]
  if (authorisation.kind === 'consent' && consent) {
    consent.lastActionDay = dayOf(now)
    replaceFormer(state, consent, now)
  }
  const payment = state.payments[authorisation.resource]
  if (authorisation.kind === 'cancellation' && payment) payment.cancelledAt = now
}

/** One signer declined, which is enough. */
export function fail(state: BogState, authorisation: Authorisation, psu: string | null, now: number): void {
  setStatus(authorisation, 'failed', psu)
  const subject = subjectOf(state, authorisation.kind, authorisation.resource)
  if (subject) subject.rejectedAt = now
}
