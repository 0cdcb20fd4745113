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

/** The first of these members that is a text, names in any case: some banks write them with a capital. */
function textAt(record: Readonly<Record<string, unknown>>, ...names: string[]): string | null {
  const members = new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]))
  return names.map((name) => text(members.get(name))).find((found) => found !== null) ?? null
}

const firstObject = (value: unknown): Readonly<Record<string, unknown>> => {
  const first = Array.isArray(value) ? (value[0] as unknown) : value
  return typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : {}
}

/** A problem's type is a URI; its last segment is the word (RFC 9457 section 3.1.1). */
const lastSegment = (type: string | null): string | null => type?.split('/').at(-1) ?? null

/**
 * Reads problem+json (RFC 9457), tppMessages (Berlin Group NextGenPSD2 section 4.13), RFC 6749 section 5.2 errors and
 * plain objects with a class or code and a text.
 */
export function readErrorWords(body: string): ErrorWords {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return { title: null, code: null, detail: null }
  }
  if (typeof value !== 'object' || value === null) return { title: null, code: null, detail: null }
  const record = value as Record<string, unknown>
  const message = firstObject(record.tppMessages ?? record.tppMessage)
  return {
    title: textAt(record, 'title'),
    code: textAt(record, 'code', 'class', 'error') ?? textAt(message, 'code') ?? lastSegment(textAt(record, 'type')),
    detail: textAt(record, 'detail', 'description', 'error_description', 'message') ?? textAt(message, 'text'),
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
  // A row without words is an answer without words, such as a challenge that only links to a page.
  const wordless = row.code === null && row.detail === null && words.code === null && words.detail === null
  if (!sameCode && !sameDetail && !swapped && !wordless) return null
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
