/** One figure and what it is measured against. */
export interface Result {
  readonly id: string
  /** Median over the rounds. */
  readonly value: number
  readonly unit: 'ms' | 'MB' | 'kB'
  /** `value` divided by the median of `against`, measured in turns with it. */
  readonly ratio: number
  readonly against: string
}

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export const rounded = (number: number, digits: number): number => Number(number.toFixed(digits))
