/** What the requirements say about a system's operations and error rows, as facts that can be compared with a bank folder. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Json, textOf } from '#core/banks/check/json-document.ts'

const limitNames = ['pattern', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems'] as const

const entrySchema = z.object({
  name: z.string(),
  type: z.string(),
  required: z.boolean(),
  enum: z.array(z.string()).optional(),
  workbenchPlaceholderEnum: z.array(z.string()).optional(),
  /** A list of the body's `enums`, as `enums.currency`. */
  enumRef: z.string().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  source: z.string().optional(),
  nameSource: z.string().optional(),
  get fields() {
    return z.array(entrySchema).optional()
  },
})
type Entry = z.infer<typeof entrySchema>

const operationSchema = z.object({
  id: z.string(),
  method: z.string(),
  path: z.string(),
  pathParams: z.array(entrySchema),
  queryParams: z.array(entrySchema),
  headerParams: z.array(entrySchema),
  requestBody: z
    .object({
      contentType: z.string(),
      fields: z.array(entrySchema),
      variants: z.array(z.unknown()).optional(),
      enums: z.record(z.string(), z.array(z.string())).optional(),
    })
    .nullable(),
  responses: z.array(
    z.object({
      status: z.number(),
      source: z.string(),
      fields: z.array(entrySchema).optional(),
      enum: z.array(z.string()).optional(),
      /** The answer as the document prints it. */
      bodyExample: z.json().optional(),
    }),
  ),
  errors: z.array(z.object({ http: z.number(), ref: z.string() })),
})
export type RequiredOperation = z.infer<typeof operationSchema>

const rowSchema = z.object({
  id: z.string(),
  area: z.string(),
  http: z.number(),
  code: z.string().nullable(),
  title: z.string().nullable(),
  detail: z.string().nullable(),
  source: z.string(),
  httpSource: z.string().optional(),
  operations: z.array(z.string()),
  duplicateOf: z.string().optional(),
})

export type RequiredRow = z.infer<typeof rowSchema>

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', `${name}.json`), 'utf8'))

export const requiredOperations = (system: string): RequiredOperation[] =>
  z.array(operationSchema).parse(fixture(`operations.${system}`))

export const requiredRows = (system: string): RequiredRow[] =>
  z.array(rowSchema).parse(fixture(`error-reference.${system}`))

/** What is said about one parameter or field; left out where nothing is. */
export type Fact = Record<string, Json | undefined>
export type Facts = Map<string, Fact>

/** The requirements' words for a type, as OpenAPI's type or format. */
const types: Record<string, string> = {
  // The only ones are of the header Date, whose form (RFC 9110 section 5.6.7) JSON Schema has no format for.
  datetime: 'string',
  'http-date': 'string',
  url: 'uri',
  'string(uri)': 'uri',
  'string(bicfi)': 'string',
  'integer(int32)': 'int32',
  'number(double)': 'double',
  array: 'array<object>',
  certificate: 'string',
}
function typeOf(word: string): string {
  const bare = word.replace(/^object\(.*\)$/, 'object').replace(/^array<(accountReference)>$/, 'array<object>')
  return types[bare] ?? bare.replace(/<string\((\w+)\)>/, '<$1>')
}

/** The requirements' words for a source as `x-tpp-source`; what comes from the bank's document has none. */
const sources: Record<string, string | undefined> = {
  seed: undefined,
  'seed (signature rule)': undefined,
  'seed-implied': 'seed-implied',
  'seed-restored': 'seed-corrected',
  'seed-sample': 'seed-sample',
  'lost-in-seed': 'lost',
  'standard HTTP, from description': 'http',
  // PKCE: the document's code_verifier needs it.
  'RFC 7636': 'seed-implied',
  'RFC 6749': 'rfc-6749',
  'berlin-group': 'berlin-group',
  'workbench-assumption': 'workbench-assumption',
}
export function sourceOf(word = 'seed'): string | undefined {
  if (!(word in sources)) throw new Error(`a source without a key: ${word}`)
  return sources[word]
}

/** Without the keys that say nothing, so that two facts compare by what they say. */
export const saying = (fact: Fact): Fact =>
  Object.fromEntries(Object.entries(fact).filter(([, value]) => value !== undefined))

export const limitsOf = (of: { readonly [name in (typeof limitNames)[number]]?: Json | undefined }): Fact =>
  Object.fromEntries(limitNames.map((name) => [name, of[name]]))

function requiredFact(entry: Entry, enums: Record<string, string[]> = {}): Fact {
  const listed = enums[entry.enumRef?.replace('enums.', '') ?? '']
  return saying({
    required: entry.required,
    type: typeOf(entry.type),
    enum: entry.enum ?? entry.workbenchPlaceholderEnum ?? listed,
    ...limitsOf(entry),
    source: entry.workbenchPlaceholderEnum ? 'workbench-assumption' : sourceOf(entry.nameSource ?? entry.source),
  })
}

const places = { path: 'pathParams', query: 'queryParams', header: 'headerParams' } as const

export function requiredParameters(operation: RequiredOperation): Facts {
  const facts: Facts = new Map()
  for (const [place, key] of Object.entries(places)) {
    for (const entry of operation[key]) facts.set(`${place} ${entry.name}`, requiredFact(entry))
  }
  return facts
}

export function requiredFields(
  fields: readonly Entry[],
  enums: Record<string, string[]> | undefined,
  prefix = '',
): Facts {
  const facts: Facts = new Map()
  for (const field of fields) {
    const fact = requiredFact(field, enums)
    const path = `${prefix}${field.name}${textOf(fact.type)?.startsWith('array') ? '[]' : ''}`
    facts.set(path, fact)
    for (const [inner, each] of requiredFields(field.fields ?? [], enums, `${path}.`)) facts.set(inner, each)
  }
  return facts
}
