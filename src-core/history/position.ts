/** Numbers exchanges so that the order of the numbers is the order of the list, and paging needs nothing else. */
import type { OpenHistory } from './open-history.ts'

/** Exchanges of one millisecond that keep their order exactly; more run over into the next one's numbers. */
const perMillisecond = 1024

/** The first position of a moment (ISO 8601). */
export const positionOf = (at: string): number => Date.parse(at) * perMillisecond

/** The first position after a moment. */
export const positionAfter = (at: string): number => (Date.parse(at) + 1) * perMillisecond

/** @param last the highest position taken so far, of exchanges given in the order of the list. */
export const nextPosition = (at: string, last: number): number => Math.max(positionOf(at) || 0, last + 1)

/** The position of a new exchange: after those of its moment that were recorded before it. Call it inside the transaction. */
export function freePosition(history: OpenHistory, at: string): number {
  let from = positionOf(at)
  const highest = history.statement('SELECT max(position) AS last FROM exchange WHERE position >= ? AND position < ?')
  for (;;) {
    const { last } = highest.get(from, from + perMillisecond) as { last: number | null }
    if (last === null) return from
    if (last < from + perMillisecond - 1) return last + 1
    from += perMillisecond
  }
}
