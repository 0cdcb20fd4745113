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

export const scopeViewSchema = z.object({ scope: z.string(), roles: z.array(z.string()), purpose: z.string() })

/** The bank's facts a window shows. */
export const bankDetailSchema = bankViewSchema.extend({
  country: z.string(),
  source: z.enum(['shipped', 'user']),
  document: z.object({ title: z.string(), version: z.string(), published: z.string().optional() }),
  hosts: z.array(
    z.object({
      id: z.string(),
      description: z.string(),
      clientCertificate: z.enum(['QWAC', 'none']),
      browser: z.boolean(),
    }),
  ),
  tags: z.array(z.string()),
  scopes: z.array(scopeViewSchema),
  /** What the bank asks to recognise a customer. */
  customerParameters: z.array(
    z.object({ name: z.string(), label: z.string(), pattern: z.string(), secret: z.boolean() }),
  ),
  /** Seconds. */
  lifetimes: z.object({ code: z.int(), accessToken: z.int(), refreshToken: z.int() }).nullable(),
  /** Whether there is a registration call, and what a person does at the portal before it. */
  registration: z.object({ operation: z.string(), portalSteps: z.array(z.string()) }).nullable(),
  statuses: z.record(
    z.string(),
    z.array(z.object({ code: z.string(), name: z.string(), meaning: z.string(), final: z.boolean() })),
  ),
  unattended: z.object({ perDay: z.int(), presentHeader: z.string() }).nullable(),
  assumptions: z.array(assumptionSchema),
})

export const parameterViewSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  description: z.string(),
  type: z.string(),
  enum: z.array(z.string()),
  pattern: z.string().nullable(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  example: z.string().nullable(),
  /** Filled in when left empty: by which rule of the bank's profile. */
  computed: z.string().nullable(),
})

/** One operation with everything a form needs. */
export const operationDetailSchema = operationViewSchema.extend({
  description: z.string(),
  host: z.string(),
  clientCertificate: z.boolean(),
  /** The page a customer opens: it is authorised, not called. */
  browser: z.boolean(),
  scope: z.string().nullable(),
  parameters: z.array(parameterViewSchema),
  body: z
    .object({
      required: z.boolean(),
      contentType: z.string(),
      example: z.string().nullable(),
      schema: z.record(z.string(), z.json()),
    })
    .nullable(),
  /** Why it cannot be used, per kind of environment; null where it can. */
  notOffered: z.object({
    production: z.string().nullable(),
    'bank-sandbox': z.string().nullable(),
    'local-sandbox': z.string().nullable(),
  }),
  /** The local sandbox answers although the bank does not offer it. */
  simulated: z.boolean(),
  errors: z.array(z.string()),
})

export type BankDetail = z.infer<typeof bankDetailSchema>
export type OperationDetail = z.infer<typeof operationDetailSchema>
export type ParameterView = z.infer<typeof parameterViewSchema>
export type BankView = z.infer<typeof bankViewSchema>
export type OperationView = z.infer<typeof operationViewSchema>
export type ErrorView = z.infer<typeof errorViewSchema>

export const banks = {
  list: method.output(z.array(bankViewSchema)),
  describe: method
    .errors(answers('BANK_UNKNOWN'))
    .input(z.strictObject({ bank: z.string() }))
    .output(bankDetailSchema),
  operation: method
    .errors(answers('BANK_UNKNOWN', 'OPERATION_UNKNOWN'))
    .input(z.strictObject({ bank: z.string(), operation: z.string() }))
    .output(operationDetailSchema),
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
