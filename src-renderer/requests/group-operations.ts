/** The catalogue's rows: operations that match the words, under their first tag, in the bank's own order. */
import type { OperationView } from '#shared/contract/banks.ts'

export interface OperationGroup {
  readonly tag: string
  readonly operations: readonly OperationView[]
}

export function groupOperations(operations: readonly OperationView[], words: string): OperationGroup[] {
  const needles = words.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = new Map<string, OperationView[]>()
  for (const operation of operations) {
    const { id, method, path, title, tags } = operation
    const text = `${id} ${method} ${path} ${title}`.toLowerCase()
    if (!needles.every((needle) => text.includes(needle))) continue
    const tag = tags[0] ?? 'Other'
    groups.set(tag, [...(groups.get(tag) ?? []), operation])
  }
  return [...groups].map(([tag, members]) => ({ tag, operations: members }))
}
