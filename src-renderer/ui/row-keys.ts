/** Which row the arrow keys choose next; the same in a table and in the search field above it. */

/** @param at index of the chosen row, -1 for none. @returns null when the key does not move. */
export function rowByKey(key: string, at: number, count: number, page: number): number | null {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }
  const step = steps[key]
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (step === undefined) return null
  return Math.min(Math.max(at + step, 0), count - 1)
}
