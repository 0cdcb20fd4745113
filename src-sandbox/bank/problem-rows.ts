/** Answers with a row of the bank's own error table, so that the sandbox fails in the bank's words. */
import { type Answer, jsonAnswer } from '#sandbox/net/answer.ts'
import type { ErrorRow } from '#shared/error-row.ts'

export interface ProblemRows {
  /** The row's status, title, code and detail as an object; `<<name>>` filled in from `values`. */
  read(id: string, values?: Readonly<Record<string, string>>): Problem
  /** @param reason why, for the log. */
  answer(id: string, reason: string, values?: Readonly<Record<string, string>>): Answer
}

export interface Problem {
  readonly status: number
  /** null where the bank's table has none. */
  readonly title: string | null
  readonly code: string | null
  readonly detail: string | null
}

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/<<\s*(\w+)>>/g, (placeholder, name: string) => values[name] ?? placeholder)

export function problemRows(rows: ReadonlyMap<string, ErrorRow>): ProblemRows {
  const read: ProblemRows['read'] = (id, values = {}) => {
    const row = rows.get(id)
    if (!row) throw new Error(`The bank's error table has no row ${id}.`)
    return {
      status: row.http,
      title: row.title,
      code: row.code,
      detail: row.detail === null ? null : fill(row.detail, values),
    }
  }
  return {
    read,
    answer: (id, reason, values) => {
      const { status, ...body } = read(id, values)
      return jsonAnswer(status, body, `${id}: ${reason}`, { 'content-type': 'application/problem+json' })
    },
  }
}
