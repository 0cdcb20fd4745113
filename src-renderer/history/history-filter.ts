/** Narrows the loaded exchanges down. */
import type { HistoryRow } from '#shared/contract/history.ts'

export interface HistoryFilter {
  readonly words: string
  readonly bank: string
  /** `2` … `5`: class of the status; `none`: no answer came. */
  readonly status: string
  readonly error: string
}

export const noFilter: HistoryFilter = { words: '', bank: '', status: '', error: '' }

export const statusChoices: readonly (readonly [string, string])[] = [
  ['2', '2xx success'],
  ['3', '3xx redirect'],
  ['4', '4xx refused'],
  ['5', '5xx failed'],
  ['none', 'no answer'],
]

function hasStatus({ status }: HistoryRow, wanted: string): boolean {
  if (wanted === '') return true
  return wanted === 'none' ? status === null : status !== null && String(status).startsWith(wanted)
}

const textOf = ({ operation, method, url, status, errorId, fault, environment }: HistoryRow): string =>
  [operation, method, url, status, errorId, fault, environment].join('\n').toLowerCase()

export function matching(
  rows: readonly HistoryRow[],
  { words, bank, status, error }: HistoryFilter,
): readonly HistoryRow[] {
  const needles = words.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter(
    (row) =>
      (bank === '' || row.bank === bank) &&
      (error === '' || row.errorId === error) &&
      hasStatus(row, status) &&
      needles.every((needle) => textOf(row).includes(needle)),
  )
}

/** Values that occur, each once, in order. */
export function occurring(
  rows: readonly HistoryRow[],
  column: (row: HistoryRow) => string | null,
): readonly (readonly [string, string])[] {
  const values = new Set(rows.map(column).filter((value) => value !== null))
  return [...values].sort((a, b) => a.localeCompare(b)).map((value) => [value, value])
}
