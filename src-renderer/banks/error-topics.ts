/** The error reference turned sideways: what each bank answers to the same fault. */
import type { ErrorView } from '#shared/contract/banks.ts'
import { errorTopics } from '#shared/error-words.ts'

export interface TopicRow {
  readonly id: string
  readonly title: string
  /** Rows by bank id; a bank without an answer has no entry. */
  readonly answers: ReadonlyMap<string, readonly ErrorView[]>
}

/** Topics in the order of the vocabulary; those that no row is about are left out. */
export function topicRows(rows: readonly ErrorView[]): TopicRow[] {
  const found = new Map<string, Map<string, ErrorView[]>>()
  for (const row of rows) {
    if (row.topic === null || row.duplicateOf !== null) continue
    const answers = found.get(row.topic.id) ?? new Map<string, ErrorView[]>()
    found.set(row.topic.id, answers)
    answers.set(row.bank, [...(answers.get(row.bank) ?? []), row])
  }
  return Object.entries(errorTopics).flatMap(([id, title]) => {
    const answers = found.get(id)
    return answers === undefined ? [] : [{ id, title, answers }]
  })
}

/** How a bank words it on the wire: status and code. */
export const answerText = ({ http, code, title }: ErrorView): string => `${http} ${code ?? title ?? ''}`.trim()

/** Each wording once: a bank may list the same one for several areas. */
export const answerTexts = (rows: readonly ErrorView[]): string[] => [...new Set(rows.map(answerText))]
