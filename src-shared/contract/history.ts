/** History: every exchange that was made, redacted as it was written. */
import { z } from 'zod'
import { answers, method } from './answers.ts'
import { exchangeSchema } from './requests.ts'

export const historyRowSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  bank: z.string(),
  environment: z.string(),
  operation: z.string(),
  method: z.string(),
  url: z.string(),
  /** null when no answer came. */
  status: z.int().nullable(),
  fault: z.string().nullable(),
  /** Id of the error row that explains it best. */
  errorId: z.string().nullable(),
  /** Milliseconds. */
  total: z.number(),
  /** Seconds the bank's Date header was ahead of this machine; null without an answer that had one. */
  clockSkew: z.int().nullable(),
})
export type HistoryRow = z.infer<typeof historyRowSchema>

export const history = {
  /** Newest first. */
  list: method
    .input(z.strictObject({ limit: z.int().min(1).max(1000).default(50), bank: z.string().optional() }))
    .output(z.array(historyRowSchema)),
  show: method
    .errors(answers('EXCHANGE_UNKNOWN'))
    .input(z.strictObject({ id: z.string() }))
    .output(exchangeSchema),
}
