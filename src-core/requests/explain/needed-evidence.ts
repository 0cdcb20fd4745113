/** Which evidence the rows of an operation would look at, so that no more is looked up than is needed. */
import type { EvidenceName } from '#shared/error-words.ts'
import type { Bank } from '../../banks/bank.ts'
import { rowsOf } from './judge-rows.ts'

/** Of the rows with the status of the answer. */
export const evidenceNeeded = (bank: Bank, operation: string, status: number): EvidenceName[] => [
  ...new Set(
    rowsOf(bank, operation)
      .filter(({ http }) => http === status)
      .flatMap(({ causes }) => causes.flatMap(({ evidence }) => evidence)),
  ),
]
