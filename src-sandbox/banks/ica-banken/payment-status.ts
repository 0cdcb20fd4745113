/** Where a payment stands, worked out from what happened to it and the clock; nothing has to run in the background. */
import { bankingDayFrom, dayOf, startOfDay } from '#sandbox/bank/calendar.ts'
import type { IcaAccount } from './customers.ts'
import type { Payment } from './ica-state.ts'

export type PaymentStatus = 'RCVD' | 'ACTC' | 'ACWC' | 'ACSP' | 'ACSC' | 'CANC' | 'RJCT'

/** How long the bank is busy with a payment on its day. */
const processingMilliseconds = 60_000

export const isPaymentOf = (payment: Payment, account: IcaAccount): boolean => {
  const { iban, bban } = payment.content.debtorAccount
  return iban === account.iban || (iban === undefined && bban === account.bban)
}

/** The day asked for; without one, the day the payment was created. */
export function wantedDay(payment: Payment): string {
  const { requestedExecutionDate, startDate } = payment.content
  return (payment.kind === 'single' ? requestedExecutionDate : startDate) ?? dayOf(payment.createdAt)
}

export function paymentStatus(payment: Payment, now: number): PaymentStatus {
  if (payment.cancelled) return 'CANC'
  const wanted = wantedDay(payment)
  // Never signed and its day is over: the bank gives it up.
  if (payment.signedAt === null) return wanted < dayOf(now) ? 'RJCT' : 'RCVD'
  // A signed mandate stays open (the bank's OPEN) until it is deleted; its single debits are not followed.
  if (payment.kind === 'periodic') return 'ACTC'
  const executed = bankingDayFrom(wanted)
  if (executed > dayOf(now)) return executed === wanted ? 'ACTC' : 'ACWC'
  const begins = Math.max(payment.signedAt, startOfDay(executed))
  return now < begins + processingMilliseconds ? 'ACSP' : 'ACSC'
}
