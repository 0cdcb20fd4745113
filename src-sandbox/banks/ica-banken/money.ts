/** Amounts as the interface writes them: decimal texts with a point. */
export const decimal = (hundredths: number): string => (hundredths / 100).toFixed(2)

export const kronor = (hundredths: number): { currency: string; amount: string } => ({
  currency: 'SEK',
  amount: decimal(hundredths),
})

/** Whole hundredths; NaN where the text is no amount. */
export const hundredths = (amount: unknown): number => Math.round(Number(amount) * 100)
