/** Where a payment stands, worked out from what happened to it and the clock. */
import { bankingDayFrom, dayOf, startOfDay } from '#sandbox/bank/calendar.ts'
import type { Payment } from './sb1-state.ts'

export type PaymentStatus = 'RCVD' | 'ACTC' | 'ACSP' | 'ACSC' | 'RJCT'

/** How long the customer has at the bank's page. */
export const scaLifeMilliseconds = 5 * 60_000
const untilCheckedMilliseconds = 10_000
const untilStartedMilliseconds = 20_000
const processingMilliseconds = 60_000

export function paymentStatus({ content, takenAt, decision }: Payment, now: number): PaymentStatus {
  if (!decision) return now > takenAt + scaLifeMilliseconds ? 'RJCT' : 'RCVD'
  if (!decision.approves) return 'RJCT'
  // Authorised before it was taken, or after it with a single SCA.
  const start = Math.max(decision.at, takenAt)
  if (now < start + untilCheckedMilliseconds) return 'RCVD'
  const day = bankingDayFrom(content.requestedExecutionDate ?? dayOf(takenAt))
  const begins = Math.max(start + untilStartedMilliseconds, startOfDay(day))
  if (now < begins) return 'ACTC'
  return now < begins + processingMilliseconds ? 'ACSP' : 'ACSC'
}
