/** What payments of this TPP took from an account, so that they show up where they were paid from. */
import { dayOf } from '#sandbox/bank/calendar.ts'
import type { BogState, Payment } from './bog-state.ts'
import type { BogAccount } from './customers.ts'
import { hundredths } from './money.ts'
import { settlementDay } from './payment-status.ts'

export interface Debit {
  readonly id: string
  readonly day: string
  /** Hundredths; negative. */
  readonly amount: number
  readonly creditorName: string
  readonly creditorIban: string
  readonly text: string
}

export const transfersOf = ({ content }: Pick<Payment, 'content'>) => content.payments ?? [content]

/** @param at state and clock. */
export function settledPayments(
  at: { readonly state: BogState; readonly now: number },
  account: BogAccount,
  currency: string,
): Debit[] {
  return Object.values(at.state.payments)
    .filter(({ content }) => content.debtorAccount.iban === account.iban)
    .flatMap((payment) => {
      const day = settlementDay(payment, at.now)
      if (day === null || day > dayOf(at.now)) return []
      return transfersOf(payment)
        .filter(({ instructedAmount }) => instructedAmount?.currency === currency)
        .map((transfer, index) => ({
          id: `P-${payment.id}-${index + 1}`,
          day,
          amount: -hundredths(transfer.instructedAmount?.amount ?? '0'),
          creditorName: transfer.creditorName ?? '',
          creditorIban: transfer.creditorAccount?.iban ?? '',
          text: transfer.remittanceInformationUnstructured ?? '',
        }))
    })
}
