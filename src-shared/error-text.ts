/** What the words of a search are looked for in, wherever error rows are searched. */
import type { ErrorView } from './contract/banks.ts'

/** Everything a person may have in front of them or in mind of a row, in lower case. */
export function errorText({ causes: _, topic, reproduce, operations, ...fields }: ErrorView): string {
  return [...Object.values(fields), topic?.title, reproduce.how, ...operations].join('\n').toLowerCase()
}
