/** Narrows the error reference down by words and by what its columns hold. */
import type { ErrorView } from '#shared/contract/banks.ts'
import { errorText } from '#shared/error-text.ts'

/** In place of a bank's id: the bank at hand, whichever that is. */
export const bankAtHand = '@'

export interface ErrorFilter {
  readonly words: string
  /** Id of a bank, `bankAtHand`, or empty for all. */
  readonly bank: string
  readonly area: string
  readonly status: string
  readonly code: string
}

export const noFilter: ErrorFilter = { words: '', bank: bankAtHand, area: '', status: '', code: '' }

/** What every word is looked up in; made once per table. */
export interface SearchableError {
  readonly row: ErrorView
  readonly text: string
}

export const searchable = (rows: readonly ErrorView[]): SearchableError[] =>
  rows.map((row) => ({ row, text: errorText(row) }))

/** @param atHand id of the bank at hand */
export function matching(rows: readonly SearchableError[], filter: ErrorFilter, atHand: string): ErrorView[] {
  const { words, area, status, code } = filter
  const bank = filter.bank === bankAtHand ? atHand : filter.bank
  const needles = words.toLowerCase().split(/\s+/).filter(Boolean)
  return rows
    .filter(
      ({ row, text }) =>
        (bank === '' || row.bank === bank) &&
        (area === '' || row.area === area) &&
        (status === '' || String(row.http) === status) &&
        (code === '' || row.code === code) &&
        needles.every((needle) => text.includes(needle)),
    )
    .map(({ row }) => row)
}

/** The values of a column, each once, in order. */
export function valuesOf(
  rows: readonly ErrorView[],
  column: (row: ErrorView) => string,
): readonly (readonly [string, string])[] {
  const compare = new Intl.Collator('en', { numeric: true }).compare
  return [...new Set(rows.map(column))]
    .filter(Boolean)
    .sort(compare)
    .map((value) => [value, value])
}
