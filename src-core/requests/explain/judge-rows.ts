/** Compares the words of an answer with the rows of the bank's own error table. */
import type { ErrorRow } from '#shared/error-row.ts'
import { editDistance } from '#shared/near.ts'
import type { Bank } from '../../banks/bank.ts'
import type { ErrorWords } from './read-words.ts'

export interface MatchedRow {
  readonly row: ErrorRow
  readonly match: 'words' | 'nearest'
  /** 0 to 1: how well row and answer fit. */
  readonly score: number
  /** What was compared, in sentences. */
  readonly compared: readonly string[]
}

/** `<<oid>>` in a row stands for a value of the bank's. */
function sameText(row: string | null, answer: string | null): boolean {
  if (row === null || answer === null) return false
  const parts = row.split(/<<[^>]*>>/)
  if (parts.length === 1) return row.trim() === answer.trim()
  // The fixed parts may not overlap in the answer.
  if (answer.length < parts.join('').length) return false
  if (!answer.startsWith(parts[0]!) || !answer.endsWith(parts.at(-1)!)) return false
  return parts.slice(1, -1).every((part) => answer.includes(part))
}

function judge(row: ErrorRow, status: number, words: ErrorWords, wordlessAnswer: boolean): MatchedRow | null {
  if (row.http !== status) return null
  const sameCode = row.code !== null && words.code === row.code
  const sameDetail = sameText(row.detail, words.detail)
  const sameTitle = sameText(row.title, words.title)
  // A bank's table may print the columns the other way round than its interface answers.
  const swapped =
    !sameCode && !sameDetail && words.code !== null && words.code === row.detail && sameText(row.code, words.detail)
  // A row without words is an answer without words, such as a challenge that only links to a page.
  const wordless = row.code === null && row.detail === null && wordlessAnswer
  if (!sameCode && !sameDetail && !swapped && !wordless) return null
  const compared = [`The status ${status} is that of the row.`]
  if (swapped) compared.push("Code and detail are those of the row, printed in each other's column.")
  if (sameCode) compared.push(`The code "${row.code}" is that of the row.`)
  if (sameDetail) compared.push(`The detail reads as in the bank's table: "${words.detail}".`)
  if (sameTitle) compared.push(`The title reads as in the bank's table: "${words.title}".`)
  const score = 0.3 + (sameCode ? 0.3 : 0) + (sameDetail ? 0.3 : 0) + (swapped ? 0.6 : 0) + (sameTitle ? 0.1 : 0)
  return { row, match: 'words', score, compared }
}

const byOperation = new WeakMap<Bank, Map<string, readonly ErrorRow[]>>()

/** The rows an operation can answer with, looked up once per bank. */
export function rowsOf(bank: Bank, operation: string): readonly ErrorRow[] {
  const known = byOperation.get(bank) ?? new Map<string, readonly ErrorRow[]>()
  byOperation.set(bank, known)
  const rows = known.get(operation) ?? bank.errors.filter((row) => row.operations.includes(operation))
  known.set(operation, rows)
  return rows
}

/** Rows whose words are those of the answer, in the order of the table. */
export function matchingRows(bank: Bank, operation: string, status: number, words: ErrorWords): MatchedRow[] {
  const wordless = words.code === null && words.detail === null
  return rowsOf(bank, operation).flatMap((row) => judge(row, status, words, wordless) ?? [])
}

/** 0 to 1: how alike two codes are, in any spelling of their words. */
function likeness(a: string | null, b: string | null): number {
  if (a === null || b === null) return 0
  const plain = (code: string) =>
    code
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .slice(0, 64)
  const [left, right] = [plain(a), plain(b)]
  const longest = Math.max(left.length, right.length)
  return longest === 0 ? 0 : 1 - editDistance(left, right) / longest
}

const mostNearest = 3

function nearness(row: ErrorRow, status: number, words: ErrorWords): number {
  const sameStatus = row.http === status ? 0.15 : Math.floor(row.http / 100) === Math.floor(status / 100) ? 0.05 : 0
  const alike = likeness(words.code, row.code)
  return sameStatus + (alike > 0.5 ? alike * 0.15 : 0)
}

function whyNearest(row: ErrorRow, status: number, words: ErrorWords): string[] {
  const unknown =
    words.code === null
      ? `The answer has no code, so the row is told by its status ${row.http} only.`
      : row.code === words.code
        ? `The code "${words.code}" is that of the row, whose status is ${row.http} and not ${status}.`
        : `The code "${words.code}" with status ${status} is not in the bank's table for this operation; "${row.code ?? 'no code'}" with ${row.http} is among the nearest.`
  return [unknown]
}

/** For an answer that is no row of the table: the rows most like it, best first. */
export function nearestRows(bank: Bank, operation: string, status: number, words: ErrorWords): MatchedRow[] {
  return rowsOf(bank, operation)
    .map((row) => ({ row, score: nearness(row, status, words) }))
    .filter(({ row, score }) => score >= 0.1 && row.duplicateOf === undefined)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostNearest)
    .map(({ row, score }) => ({ row, match: 'nearest', score, compared: whyNearest(row, status, words) }))
}
