/** What an answer offers to do next. */
import { z } from 'zod'

/** A link of an answer to one of the bank's operations, with the path parameters it names. */
export const offeredSchema = z.object({
  rel: z.string(),
  operation: z.string(),
  parameters: z.record(z.string(), z.string()),
})
