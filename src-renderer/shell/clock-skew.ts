/** How far a bank's clock is from ours, read off its last answer. */
import type { HistoryRow } from '#shared/contract/history.ts'

/** Whole seconds the bank is ahead (its Date header has no finer grain); null when it has not answered yet. */
export function clockSkew(rows: readonly HistoryRow[], bank: string, environment: string): number | null {
  return (
    rows.find((row) => row.bank === bank && row.environment === environment && row.clockSkew !== null)?.clockSkew ??
    null
  )
}
