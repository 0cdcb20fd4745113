/** Compiles a bank folder (bank.yaml, errors.yaml, openapi.yaml) into plain data, or says what is wrong in which file. */
import { parse } from 'yaml'
import { z } from 'zod'
import { bankProfileSchema, errorRowSchema, operationExtensionSchema } from '#shared/bank-profile.ts'
import { Fault } from '#shared/fault.ts'
import type { CompiledBank, JsonSchema, Operation, OperationBody, OperationParameter } from './bank.ts'

/** The texts of a folder's files. */
export interface BankTexts {
  readonly bank: string
  readonly errors: string
  readonly openapi: string
}

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().default(false),
  description: z.string().default(''),
  schema: z.record(z.string(), z.unknown()).default({}),
})

const mediaTypeSchema = z.object({
  schema: z.record(z.string(), z.unknown()).default({}),
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.object({ value: z.unknown().optional() })).optional(),
})

const operationSchema = operationExtensionSchema.extend({
  operationId: z.string(),
  summary: z.string().default(''),
  description: z.string().default(''),
  tags: z.array(z.string()).default([]),
  parameters: z.array(z.record(z.string(), z.unknown())).default([]),
  requestBody: z
    .object({ required: z.boolean().default(false), content: z.record(z.string(), mediaTypeSchema) })
    .optional(),
})

const documentSchema = z.object({
  openapi: z.string().regex(/^3\.1\./),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.record(z.string(), z.unknown()).default({}),
})

function read<Schema extends z.ZodType>(file: string, text: string, schema: Schema): z.output<Schema> {
  let value: unknown
  try {
    value = parse(text, { maxAliasCount: 100 })
  } catch (cause) {
    throw new Fault(
      'DATA_DAMAGED',
      `${file} is not valid YAML: ${(cause as Error).message.split('\n')[0]}`,
      { file },
      cause,
    )
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const place = issue.path.map(String).join('.') || 'the document'
  throw new Fault('DATA_DAMAGED', `${file}: ${place}: ${issue.message}`, { file, place })
}

/** Follows a local `$ref` of the OpenAPI document. */
function dereference(
  value: Record<string, unknown>,
  document: z.output<typeof documentSchema>,
): Record<string, unknown> {
  const reference = value.$ref
  if (typeof reference !== 'string') return value
  let target: unknown = document
  for (const part of reference.replace(/^#\//, '').split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    target =
      typeof target === 'object' && target !== null && Object.hasOwn(target, key)
        ? (target as JsonSchema)[key]
        : undefined
  }
  if (typeof target !== 'object' || target === null) {
    throw new Fault('DATA_DAMAGED', `openapi.yaml: nothing at ${reference}.`, {
      file: 'openapi.yaml',
      place: reference,
    })
  }
  return dereference(target as Record<string, unknown>, document)
}

function compileParameters(
  raw: readonly Record<string, unknown>[],
  document: z.output<typeof documentSchema>,
): OperationParameter[] {
  const compiled: OperationParameter[] = []
  for (const entry of raw) {
    const { name, in: place, required, description, schema } = parameterSchema.parse(dereference(entry, document))
    if (place === 'cookie') continue
    compiled.push({ name, in: place, required, description, schema: dereference(schema, document) })
  }
  return compiled
}

type When = Readonly<Record<string, string>>

/** Whether a schema fixes the fields that tell a variant from its siblings to its values. */
function fixes(schema: JsonSchema, when: When): boolean {
  const properties = (schema.properties ?? {}) as Record<string, { const?: unknown; enum?: unknown[] }>
  return Object.entries(when).every(([field, value]) => {
    const property = properties[field]
    return property?.const === value || (property?.enum?.length === 1 && property.enum[0] === value)
  })
}

/** The alternative of a `oneOf` body that belongs to one variant, and the example that shows it. */
function compileBody(
  operation: z.output<typeof operationSchema>,
  when: When,
  document: z.output<typeof documentSchema>,
): OperationBody | null {
  const [entry] = Object.entries(operation.requestBody?.content ?? {})
  if (entry === undefined || operation.requestBody === undefined) return null
  const [contentType, media] = entry
  const alternatives = Array.isArray(media.schema.oneOf) ? (media.schema.oneOf as JsonSchema[]) : []
  const own =
    Object.keys(when).length === 0
      ? undefined
      : alternatives.map((each) => dereference(each, document)).find((each) => fixes(each, when))
  const examples = [media.example, ...Object.values(media.examples ?? {}).map((each) => each.value)].filter(
    (each) => each !== undefined,
  )
  const shows = (example: unknown) =>
    Object.entries(when).every(([field, value]) => (example as JsonSchema | null)?.[field] === value)
  return {
    required: operation.requestBody.required,
    contentType,
    schema: own ?? media.schema,
    example: examples.find(shows) ?? examples[0] ?? null,
  }
}

function compileOperations(
  document: z.output<typeof documentSchema>,
  assumptionsOf: (id: string) => string[],
): Operation[] {
  const operations: Operation[] = []
  for (const [path, item] of Object.entries(document.paths)) {
    const shared = Array.isArray(item.parameters) ? (item.parameters as Record<string, unknown>[]) : []
    for (const method of methods) {
      if (item[method] === undefined) continue
      const operation = operationSchema.parse(item[method])
      const common = {
        method: method.toUpperCase(),
        path,
        tags: operation.tags,
        host: operation['x-tpp-host'],
        scope: operation['x-tpp-scope'] ?? null,
        parameters: compileParameters([...shared, ...operation.parameters], document),
        availability: operation['x-tpp-availability'] ?? null,
      }
      // Two ids on one method and path: OpenAPI knows one operation, the workbench lists each.
      const variants = operation['x-tpp-operations'] ?? [
        { id: operation.operationId, title: operation.summary, when: {}, description: operation.description },
      ]
      for (const { id, title, when, description } of variants) {
        operations.push({
          ...common,
          id,
          title,
          when,
          body: compileBody(operation, when, document),
          description: description ?? operation.description,
          assumptions: assumptionsOf(id),
        })
      }
    }
  }
  return operations
}

/** Throws DATA_DAMAGED naming the file and the place in it. */
export function compileBank(texts: BankTexts): CompiledBank {
  const profile = read('bank.yaml', texts.bank, bankProfileSchema)
  const errors = read('errors.yaml', texts.errors, z.array(errorRowSchema))
  const document = read('openapi.yaml', texts.openapi, documentSchema)
  const assumptionsOf = (id: string): string[] =>
    profile.assumptions
      .filter((each) => each.operations === 'all' || each.operations.includes(id))
      .map((each) => each.id)
  try {
    const operations = compileOperations(document, assumptionsOf)
    const unknownHost = operations.find((operation) => !Object.hasOwn(profile.hosts, operation.host))
    if (unknownHost)
      throw new Fault(
        'DATA_DAMAGED',
        `openapi.yaml: ${unknownHost.id} lives on host "${unknownHost.host}", which bank.yaml does not name.`,
      )
    return { profile, errors, operations, components: document.components }
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw cause
    const issue = cause.issues[0]!
    throw new Fault(
      'DATA_DAMAGED',
      `openapi.yaml: ${issue.path.map(String).join('.')}: ${issue.message}`,
      { file: 'openapi.yaml' },
      cause,
    )
  }
}
