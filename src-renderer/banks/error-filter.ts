/** Narrows an error table down by words and by what its columns hold. */
import type { ErrorView } from '#shared/contract/banks.ts'

export interface ErrorFilter {
  readonly words: string
  readonly area: string
  readonly status: string
  readonly code: string
}

export const noFilter: ErrorFilter = { words: '', area: '', status: '', code: '' }

/** What every word is looked up in; made once per table. */
export interface SearchableError {
  readonly row: ErrorView
  readonly text: string
}

export const searchable = (rows: readonly ErrorView[]): SearchableError[] =>
  rows.map((row) => ({ row, text: Object.values(row).join('\n').toLowerCase() }))

export function matching(rows: readonly SearchableError[], { words, area, status, code }: ErrorFilter): ErrorView[] {
  const needles = words.toLowerCase().split(/\s+/).filter(Boolean)
  return rows
    .filter(
      ({ row, text }) =>
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
