/** The schema of a bank folder's `errors.yaml`: one row per documented error. */
import { z } from 'zod'
import { errorRecipeSchema } from './error-recipe.ts'
import { errorTopics, evidenceNames } from './error-words.ts'

const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)

const keysOf = <Table extends Record<string, unknown>>(table: Table) =>
  Object.keys(table) as [keyof Table & string, ...(keyof Table & string)[]]

const causeSchema = z.strictObject({
  /** What went wrong at the caller, or inside the bank. */
  text: z.string().min(1),
  /** Keys of `evidenceNames`: each proves this cause when it holds and speaks against it when it does not. */
  evidence: z.array(z.enum(keysOf(evidenceNames))).default([]),
})

/** One row of a bank's error table: `errors.yaml` is a list of these. */
export const errorRowSchema = z.strictObject({
  id: identifier,
  area: z.string(),
  http: z.int().min(100).max(599),
  /** null where the answer carries none. */
  code: z.string().nullable(),
  /** Verbatim from the bank's document, misspellings included; null where it has none. */
  title: z.string().nullable(),
  /** Verbatim; `<<name>>` stands for a value the bank fills in; null where it has none. */
  detail: z.string().nullable(),
  topic: z.enum(keysOf(errorTopics)).optional(),
  /** What the bank says with this row, in one or two sentences. */
  meaning: z.string().min(1).optional(),
  /** Most likely first. */
  causes: z.array(causeSchema).min(1),
  fix: z.string().min(1),
  /** Operations that can answer with this row. */
  operations: z.array(identifier).min(1),
  /** Id of the row this one repeats in the printed table. */
  duplicateOf: identifier.optional(),
  /** Where status or code come from, when not from the bank's document. */
  'x-tpp-source': z.enum(['berlin-group', 'inferred']).optional(),
  /** What is odd about the printed row. */
  note: z.string().optional(),
  /**
   * How the local sandbox shows it: what a client does wrong, or the switch of a fault inside the bank; both where the mistake shows
   * only with the switch on.
   */
  reproduce: z.union([
    z.strictObject({ operation: identifier, mutation: z.string().min(1), recipe: errorRecipeSchema.optional() }),
    z.strictObject({ operation: identifier, switch: identifier, recipe: errorRecipeSchema.optional() }),
    z.strictObject({
      operation: identifier,
      mutation: z.string().min(1),
      switch: identifier,
      recipe: errorRecipeSchema.optional(),
    }),
  ]),
})

export type ErrorRow = z.infer<typeof errorRowSchema>
