/** The catalogue's rows: operations that match a search, under their first tag, in the order the bank declares its tags. */
import type { ErrorView, OperationView } from '#shared/contract/banks.ts'
import { hasWords, matchingPiece } from '../ui/matching-parts.ts'

export interface FoundOperation {
  readonly operation: OperationView
  /** Where the words stand when neither title nor path has them; null otherwise. */
  readonly reason: string | null
}

export interface OperationGroup {
  readonly tag: string
  readonly description: string
  readonly operations: readonly FoundOperation[]
}

type ErrorRows = ReadonlyMap<string, Pick<ErrorView, 'id' | 'http' | 'code' | 'title'>>

const errorText = ({ id, http, code, title }: Pick<ErrorView, 'id' | 'http' | 'code' | 'title'>): string =>
  `${http} ${code ?? title ?? ''} ${id}`.replace(/\s+/g, ' ')

/** Why the operation is found, beyond what its row shows anyway; undefined when it is not found. */
function reasonOf(operation: OperationView, words: readonly string[], errors: ErrorRows): string | null | undefined {
  const { id, method, path, title, description } = operation
  const visible = `${method} ${title} ${path}`
  if (hasWords(visible, words)) return null
  const answers = operation.errors.flatMap((row) => (errors.has(row) ? [errorText(errors.get(row)!)] : [row]))
  if (!hasWords([visible, id, description, ...answers].join('\n'), words)) return undefined
  // The words a person does not see yet say why it is here.
  const hidden = words.filter((word) => !hasWords(visible, [word]))
  if (hidden.some((word) => hasWords(id, [word]))) return `id ${id}`
  const answer = answers.find((text) => hidden.every((word) => hasWords(text, [word])))
  if (answer !== undefined) return `answers ${answer}`
  return matchingPiece(description, hidden) ?? `answers ${answers.find((text) => matchingPiece(text, hidden) !== null)}`
}

/**
 * @param tags the bank's own, in its order; operations of a tag it does not declare come last.
 * @param errors rows by id, to find an operation by what it can be answered with.
 */
export function groupOperations(
  operations: readonly OperationView[],
  words: readonly string[],
  tags: readonly { readonly name: string; readonly description: string }[],
  errors: ErrorRows,
): OperationGroup[] {
  const groups = new Map<string, FoundOperation[]>(tags.map(({ name }) => [name, []]))
  for (const operation of operations) {
    const reason = reasonOf(operation, words, errors)
    if (reason === undefined) continue
    const tag = operation.tags[0] ?? 'Other'
    const group = groups.get(tag) ?? []
    group.push({ operation, reason })
    groups.set(tag, group)
  }
  const descriptions = new Map(tags.map(({ name, description }) => [name, description]))
  return [...groups]
    .filter(([, found]) => found.length > 0)
    .map(([tag, found]) => ({ tag, description: descriptions.get(tag) ?? '', operations: found }))
}

export const countOf = (groups: readonly OperationGroup[]): number =>
  groups.reduce((sum, { operations }) => sum + operations.length, 0)
