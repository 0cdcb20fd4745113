/** Compares an answer with a row of the error table, field by field. */
import { STATUS_CODES } from 'node:http'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { RowDifference } from '#shared/contract/sandbox.ts'
import type { ErrorRow } from '#shared/error-row.ts'

/** What an answer says about its error, whatever its shape; read by the area that knows the shapes. */
export type ReadWords = (body: string) => Readonly<Record<'title' | 'code' | 'detail', string | null>>

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** `<<oid>>` in a row stands for a value the bank fills in. */
function reads(row: string, found: string | null): boolean {
  if (found === null) return false
  const form = row
    .trim()
    .split(/<<[^>]*>>/)
    .map(literal)
    .join('.+')
  return new RegExp(`^${form}$`, 's').test(found.trim())
}

type Row = Pick<ErrorRow, 'http' | 'code' | 'title' | 'detail'>

/** Empty when the answer is the row's. */
export function rowDifferences(row: Row, response: Exchange['response'], readWords: ReadWords): RowDifference[] {
  if (response === null) return [{ field: 'status', wanted: String(row.http), found: null }]
  const words = readWords(response.body)
  const { status } = response
  // A bank's table may print the columns the other way round than its interface answers.
  const swapped = row.code !== null && row.detail !== null && words.code === row.detail && words.detail === row.code
  const found = swapped ? { ...words, code: words.detail, detail: words.code } : words
  const differences: RowDifference[] = []
  const expect = (field: RowDifference['field'], wanted: string | null, seen: string | null): void => {
    if (wanted === null ? seen !== null : !reads(wanted, seen)) differences.push({ field, wanted, found: seen })
  }
  expect('status', String(row.http), String(status))
  expect('code', row.code, found.code)
  // Where the body has no title, the table prints the code once more, or the reason phrase of the status (RFC 9110 section 15).
  const instead = row.title === row.code ? found.code : (STATUS_CODES[status] ?? null)
  if (row.title !== null) expect('title', row.title, found.title ?? instead)
  // Words the table does not print are the bank's own affair.
  if (row.detail !== null) expect('detail', row.detail, found.detail)
  return differences
}
