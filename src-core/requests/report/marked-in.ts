/** What is marked as secret in a call from outside: by every operation it may be, for as long as nobody has chosen. */
import type { MarkedSecrets, Operation } from '../../banks/bank.ts'

const union = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())]

/** @param candidates the best one first; all of them count, because a secret that was shown cannot be taken back */
export function markedIn(candidates: readonly { readonly operation: Operation }[]): MarkedSecrets {
  const marked = candidates.flatMap(({ operation: { secrets } }) => (secrets === undefined ? [] : [secrets]))
  return {
    request: union(marked.map(({ request }) => request)),
    response: union(marked.map(({ response }) => response)),
  }
}
