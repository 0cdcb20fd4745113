/** Matches a bank's answer with the rows of its own error table. */

import type { Explanation } from '#shared/contract/requests.ts'
import { causeText, type ErrorRow } from '#shared/error-row.ts'
import type { Bank } from '../banks/bank.ts'

/** What an answer says about its error, whatever its shape. */
export interface ErrorWords {
  readonly title: string | null
  readonly code: string | null
  readonly detail: string | null
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Reads problem+json (RFC 9457), RFC 6749 section 5.2 errors and plain `{title, code, detail}` objects. */
export function readErrorWords(body: string): ErrorWords {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return { title: null, code: null, detail: null }
  }
  if (typeof value !== 'object' || value === null) return { title: null, code: null, detail: null }
  const record = value as Record<string, unknown>
  return {
    title: text(record.title),
    code: text(record.code) ?? text(record.error),
    detail: text(record.detail) ?? text(record.error_description),
  }
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

function judge(row: ErrorRow, operation: string, status: number, words: ErrorWords): Explanation | null {
  if (row.http !== status || !row.operations.includes(operation)) return null
  const sameCode = row.code !== null && words.code === row.code
  const sameDetail = sameText(row.detail, words.detail)
  const sameTitle = sameText(row.title, words.title)
  // A bank's table may print the columns the other way round than its interface answers.
  const swapped =
    !sameCode && !sameDetail && words.code !== null && words.code === row.detail && sameText(row.code, words.detail)
  if (!sameCode && !sameDetail && !swapped) return null
  const evidence = [`The status ${status} is that of the row.`]
  if (swapped) evidence.push("Code and detail are those of the row, printed in each other's column.")
  if (sameCode) evidence.push(`The code "${row.code}" is that of the row.`)
  if (sameDetail) evidence.push(`The detail reads as in the bank's table: "${words.detail}".`)
  if (sameTitle) evidence.push(`The title reads as in the bank's table: "${words.title}".`)
  const score = 0.3 + (sameCode ? 0.3 : 0) + (sameDetail ? 0.3 : 0) + (swapped ? 0.6 : 0) + (sameTitle ? 0.1 : 0)
  return {
    errorId: row.duplicateOf ?? row.id,
    score: Math.round(score * 100) / 100,
    title: row.title ?? row.meaning ?? row.code ?? row.id,
    cause: causeText(row),
    evidence,
    fix: row.fix,
  }
}

/** Best first, at most five; a row printed twice counts as its first printing. Empty for a success. */
export function explain(bank: Bank, operation: string, status: number, body: string): Explanation[] {
  if (status < 400) return []
  const words = readErrorWords(body)
  const best = new Map<string, Explanation>()
  for (const row of bank.errors) {
    const explanation = judge(row, operation, status, words)
    if (explanation === null) continue
    const known = best.get(explanation.errorId)
    if (known === undefined || known.score < explanation.score) best.set(explanation.errorId, explanation)
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, 5)
}
