/** Amounts in hundredths, and what a payment in euro costs an account in another currency. */

/** Kroner for one euro; invented, and the same every day. */
const rates: Readonly<Record<string, number>> = { EUR: 1, NOK: 11.725 }

/** What the bank takes for changing money, in hundredths of the account's currency. */
const conversionFee = 2_000

export interface Cost {
  readonly currency: string
  /** Value of the amount in the account's currency. */
  readonly value: number
  readonly fee: number
}

/** Digits behind the dot (ISO 4217), for the currencies that do not have two. */
const minorUnits: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    ['CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map(
      (code) => [code, 0],
    ),
  ),
  ...Object.fromEntries(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3])),
}

/** Null where the amount has no more decimals than its currency. */
export function decimalsObstacle(amount: string, currency: string): string | null {
  const allowed = minorUnits[currency] ?? 2
  const sent = amount.split('.')[1]?.length ?? 0
  return sent > allowed ? `${amount} has ${sent} decimals, ${currency} has ${allowed}` : null
}

export const hundredths = (amount: string): number => Math.round(Number(amount) * 100)

export const decimal = (value: number): string => (value / 100).toFixed(2)

/** @param amount in hundredths of a euro. */
export function costOf(amount: number, currency: string): Cost {
  const rate = rates[currency] ?? 1
  return { currency, value: Math.round(amount * rate), fee: rate === 1 ? 0 : conversionFee }
}
