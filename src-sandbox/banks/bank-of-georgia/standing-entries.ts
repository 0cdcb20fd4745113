/** The entries that are only announced: the next debit of each standing order of this TPP. */
import { addDays, addMonths, dayOf } from '#sandbox/bank/calendar.ts'
import type { BogState, PaymentContent } from './bog-state.ts'
import type { BogAccount } from './customers.ts'
import { paymentStatus } from './payment-status.ts'

const months: Readonly<Record<string, number>> = {
  Monthly: 1,
  MonthlyVariable: 1,
  EveryTwoMonths: 2,
  Quarterly: 3,
  SemiAnnual: 6,
  Annual: 12,
}
const days: Readonly<Record<string, number>> = { Daily: 1, Weekly: 7, EveryTwoWeeks: 14 }

/** The first execution that is still to come; null where endDate comes first. */
export function nextExecution(
  { startDate, endDate, frequency = 'Monthly' }: PaymentContent,
  today: string,
): string | null {
  if (startDate === undefined) return null
  for (let count = 0; count < 5000; count += 1) {
    const step = months[frequency]
    const day =
      step === undefined ? addDays(startDate, count * (days[frequency] ?? 1)) : addMonths(startDate, count * step)
    if (endDate !== undefined && day > endDate) return null
    if (day > today) return day
  }
  return null
}

export function announcedEntries(
  at: { readonly state: BogState; readonly now: number },
  account: BogAccount,
): object[] {
  return Object.values(at.state.payments)
    .filter(({ service, content }) => service === 'periodic-payments' && content.debtorAccount.iban === account.iban)
    .filter((payment) => ['ACTC', 'ACCP'].includes(paymentStatus(payment, at.now)))
    .flatMap(({ content }) => {
      const valueDate = nextExecution(content, dayOf(at.now))
      const { instructedAmount, creditorName, creditorAccount } = content
      if (valueDate === null || !instructedAmount) return []
      const transactionAmount = { currency: instructedAmount.currency, amount: `-${instructedAmount.amount}` }
      return [{ creditorName, creditorAccount, transactionAmount, valueDate }]
    })
}
