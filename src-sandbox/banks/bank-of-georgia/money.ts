/** Amounts as the interface writes them: decimal texts with a point. */
export const decimal = (hundredths: number): string => (hundredths / 100).toFixed(2)

/** Whole hundredths. */
export const hundredths = (amount: string): number => Math.round(Number(amount) * 100)
