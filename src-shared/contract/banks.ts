/** Banks: what the workbench knows about each ASPSP, read from its folder. */
import { z } from 'zod'
import { answers, method } from './answers.ts'

export const assumptionSchema = z.object({ id: z.string(), text: z.string(), reason: z.string() })

export const environmentViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['local-sandbox', 'bank-sandbox', 'production']),
  /** True when every host has a URL (the local sandbox: when it is running). */
  ready: z.boolean(),
})

export const bankViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  operations: z.int(),
  errors: z.int(),
  environments: z.array(environmentViewSchema),
  source: z.enum(['shipped', 'user']),
})

export const operationViewSchema = z.object({
  id: z.string(),
  method: z.string(),
  path: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  assumptions: z.array(assumptionSchema),
})

export const errorViewSchema = z.object({
  id: z.string(),
  bank: z.string(),
  area: z.string(),
  http: z.int(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  cause: z.string(),
  fix: z.string(),
})

export type BankView = z.infer<typeof bankViewSchema>
export type OperationView = z.infer<typeof operationViewSchema>
export type ErrorView = z.infer<typeof errorViewSchema>

export const banks = {
  list: method.output(z.array(bankViewSchema)),
  operations: method
    .errors(answers('BANK_UNKNOWN'))
    .input(z.strictObject({ bank: z.string() }))
    .output(z.array(operationViewSchema)),
  /** Rows that contain every word, in any field; all rows where no word is given. */
  errors: method
    .errors(answers('BANK_UNKNOWN'))
    .input(z.strictObject({ words: z.array(z.string()).default([]), bank: z.string().optional() }))
    .output(z.array(errorViewSchema)),
}
