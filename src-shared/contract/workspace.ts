/** The workspace: the data folder and the health of what the workbench stands on. */
import { z } from 'zod'
import { method } from './answers.ts'

export const checkSchema = z.object({
  id: z.string(),
  ok: z.boolean(),
  message: z.string(),
  remedy: z.string().nullable(),
})
export type Check = z.infer<typeof checkSchema>

export const workspace = {
  doctor: method.output(z.object({ ok: z.boolean(), checks: z.array(checkSchema) })),
}
