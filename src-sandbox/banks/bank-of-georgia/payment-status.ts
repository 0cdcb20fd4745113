/** Where a payment stands, worked out from what happened to it and the clock; nothing has to run in the background. */
import { bankingDayFrom, dayOf, startOfDay } from '#sandbox/bank/calendar.ts'
import type { Payment } from './bog-state.ts'
import { isLeftUnauthorised } from './consent-status.ts'
import { minute } from './life-times.ts'

export type PaymentStatus = 'RCVD' | 'PATC' | 'ACTC' | 'ACCP' | 'ACSP' | 'ACSC' | 'RJCT' | 'CANC'

/** How long after the last signature the customer is checked, and after what the money leaves; long enough to cancel in. */
const checkedAfter = minute
const executedAfter = 5 * minute
const settledAfter = 6 * minute

/** The day asked for; without one, the day of the last signature. */
function beginOf({ content }: Payment, signedAt: number): number {
  const wanted = content.startDate ?? content.requestedExecutionDate
  return wanted === undefined ? signedAt : Math.max(signedAt, startOfDay(bankingDayFrom(wanted)))
}

export function paymentStatus(payment: Payment, now: number): PaymentStatus {
  if (payment.cancelledAt !== null) return 'CANC'
  if (payment.rejectedAt !== null || isLeftUnauthorised(payment, now)) return 'RJCT'
  const { signedAt } = payment
  if (signedAt === null) return payment.signedBy.length > 0 ? 'PATC' : 'RCVD'
  if (now < signedAt + checkedAfter) return 'ACTC'
  // A standing order stays open until it is cancelled; its single debits are not followed.
  if (payment.service === 'periodic-payments') return 'ACCP'
  const begins = beginOf(payment, signedAt)
  if (now < begins + executedAfter) return 'ACCP'
  return now < begins + settledAfter ? 'ACSP' : 'ACSC'
}

export const isFinal = (status: PaymentStatus): boolean => ['ACSC', 'RJCT', 'CANC'].includes(status)

/** From here on the bank does not let go of it. */
export const isUnderWay = (status: PaymentStatus): boolean => status === 'ACSP' || isFinal(status)

/** The day the money leaves, for the account's list; null while it does not. */
export const settlementDay = (payment: Payment, now: number): string | null =>
  ['ACSP', 'ACSC'].includes(paymentStatus(payment, now)) && payment.signedAt !== null
    ? dayOf(beginOf(payment, payment.signedAt))
    : null
