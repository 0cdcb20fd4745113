/** Exchanges of the history as the terminal lists and compares them. */
import type { Difference, HistoryRow } from '#shared/contract/history.ts'
import { table } from './table.ts'

export function historyTable(rows: readonly HistoryRow[]): string {
  const lines = rows.map(({ id, at, operation, method, status, fault, errorId, total }) => [
    at.replace('T', ' ').slice(0, 19),
    String(status ?? fault ?? '-'),
    method,
    operation,
    `${Math.round(total)} ms`,
    id,
    errorId ?? '',
  ])
  return table(['AT', 'STATUS', 'METHOD', 'OPERATION', 'TOOK', 'ID', 'ERROR ROW'], lines)
}

const short = (value: string | null): string => {
  if (value === null) return '-'
  const line = value.replace(/[^\P{Cc}]+/gu, ' ')
  return line.length > 60 ? `${line.slice(0, 57)}…` : line
}

export const differenceTable = (differences: readonly Difference[]): string =>
  table(
    ['PART', 'NAME', 'A', 'B'],
    differences.map(({ part, name, a, b }) => [part, name === '' ? '(whole)' : name, short(a), short(b)]),
  )
