/** A transaction as the interface writes it, in a list and alone. */
import { decimal, kronor } from './money.ts'
import type { IcaTransaction } from './transaction-data.ts'

export const transactionJson = (transaction: IcaTransaction, pending: boolean): object => ({
  transactionId: transaction.id,
  ...(pending ? {} : { bookingDate: transaction.day }),
  valueDate: transaction.day,
  transactionAmount: kronor(transaction.amount),
  ...(transaction.amount < 0 ? { creditorName: transaction.counterparty } : { debtorName: transaction.counterparty }),
  remittanceInformationUnstructured: pending ? 'Reserverat belopp' : transaction.text,
})

/** Which fields there are depends on the kind: a purchase abroad has its place, amount and rate. */
export function transactionDetailsJson(transaction: IcaTransaction, pending: boolean): object {
  const { abroad, day } = transaction
  const foreign = abroad && {
    placeOfPurchase: abroad.place,
    originalAmount: { currency: abroad.currency, amount: decimal(abroad.amount) },
    currencyExchange: [
      {
        sourceCurrency: abroad.currency,
        targetCurrency: 'SEK',
        exchangeRate: abroad.rate.toFixed(4),
        quotationDate: day,
      },
    ],
  }
  const kind = { bankTransactionCode: transaction.card ? 'PMNT-CCRD-POSD' : 'PMNT-ICDT-DMCT' }
  return { ...transactionJson(transaction, pending), ...kind, ...foreign }
}
