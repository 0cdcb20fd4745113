/** Compiles a bank folder (bank.yaml, errors.yaml, openapi.yaml) into plain data, or says what is wrong in which file. */
import { parse } from 'yaml'
import { z } from 'zod'
import { type BankProfile, bankProfileSchema, errorRowSchema, operationExtensionSchema } from '#shared/bank-profile.ts'
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

type Document = z.output<typeof documentSchema>

const damagedAt = (place: string, message: string, cause?: unknown): Fault =>
  new Fault('DATA_DAMAGED', `openapi.yaml: ${message}`, { file: 'openapi.yaml', place }, cause)

/** Follows a local `$ref` of the OpenAPI document. */
function dereference(value: Record<string, unknown>, document: Document, followed: string[] = []): JsonSchema {
  const reference = value.$ref
  if (typeof reference !== 'string') return value
  if (followed.includes(reference)) throw damagedAt(reference, `${reference} leads back to itself.`)
  let target: unknown = reference.startsWith('#/') ? document : undefined
  for (const part of reference.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    target =
      typeof target === 'object' && target !== null && Object.hasOwn(target, key)
        ? (target as JsonSchema)[key]
        : undefined
  }
  if (typeof target !== 'object' || target === null) throw damagedAt(reference, `nothing at ${reference}.`)
  return dereference(target as JsonSchema, document, [...followed, reference])
}

/** Keys whose values are somebody's data, where `$ref` means nothing. */
const dataKeys = new Set(['example', 'examples', 'default', 'const', 'enum', 'value'])

/** Throws for a `$ref` anywhere that leads nowhere: found now, not with the first call that needs it. */
function checkReferences(value: unknown, document: Document): void {
  if (Array.isArray(value)) for (const each of value) checkReferences(each, document)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  dereference(value as JsonSchema, document)
  for (const [key, each] of Object.entries(value)) if (!dataKeys.has(key)) checkReferences(each, document)
}

function compileParameters(raw: readonly Record<string, unknown>[], document: Document): OperationParameter[] {
  // The later of two with one name and place counts: an operation overrides what its path says for all.
  const compiled = new Map<string, OperationParameter>()
  for (const entry of raw) {
    const { name, in: place, required, description, schema } = parameterSchema.parse(dereference(entry, document))
    if (place === 'cookie') continue
    const parameter = { name, in: place, required, description, schema: dereference(schema, document) }
    compiled.set(`${place} ${name}`, parameter)
  }
  return [...compiled.values()]
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
  document: Document,
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

/** Names the place in the document where a schema of ours was not met. */
function within<Result>(place: string, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw cause
    const issue = cause.issues[0]!
    const exact = [place, ...issue.path.map(String)].join('.')
    throw damagedAt(exact, `${exact}: ${issue.message}`, cause)
  }
}

function compileOperations(
  document: Document,
  hosts: BankProfile['hosts'],
  assumptionsOf: (id: string) => string[],
): Operation[] {
  const operations: Operation[] = []
  for (const [path, item] of Object.entries(document.paths)) {
    const shared = Array.isArray(item.parameters) ? (item.parameters as Record<string, unknown>[]) : []
    for (const method of methods) {
      if (item[method] === undefined) continue
      const place = `paths.${path}.${method}`
      const operation = within(place, () => operationSchema.parse(item[method]))
      const common = {
        method: method.toUpperCase(),
        path,
        tags: operation.tags,
        host: operation['x-tpp-host'],
        scope: operation['x-tpp-scope'] ?? null,
        parameters: within(`${place}.parameters`, () =>
          compileParameters([...shared, ...operation.parameters], document),
        ),
        availability: operation['x-tpp-availability'] ?? null,
      }
      if (!Object.hasOwn(hosts, common.host)) {
        const message = `${operation.operationId} lives on host "${common.host}", which bank.yaml does not name.`
        throw damagedAt(`${place}.x-tpp-host`, message)
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
  checkReferences(document, document)
  const operations = compileOperations(document, profile.hosts, assumptionsOf)
  return { profile, errors, operations, components: document.components }
}
