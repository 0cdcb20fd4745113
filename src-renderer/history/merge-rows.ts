/** Lays a freshly read beginning of the list over the rows that are there. */
import type { HistoryRow } from '#shared/contract/history.ts'

export interface Listed {
  /** Newest first. */
  readonly rows: readonly HistoryRow[]
  /** There are older ones. */
  readonly more: boolean
}

/** @param page as the engine has it now; `limit` rows at most were asked for. */
export function mergeRows(known: Listed, page: readonly HistoryRow[], limit: number): Listed {
  const last = page.at(-1)
  // All there are; what is not among them was deleted.
  if (last === undefined || page.length < limit) return { rows: page, more: false }
  const newest = known.rows[0]
  // More came than a page holds: between it and the known rows there may be others.
  if (newest === undefined || newest.position < last.position) return { rows: page, more: true }
  const older = known.rows.filter(({ position }) => position < last.position)
  return { rows: [...page, ...older], more: older.length > 0 ? known.more : true }
}
