/** Compiles a bank folder (bank.yaml, errors.yaml, openapi.yaml) into plain data, or says what is wrong in which file. */
import { parse } from 'yaml'
import { z } from 'zod'
import { type BankProfile, bankProfileSchema } from '#shared/bank-profile.ts'
import { errorRowSchema } from '#shared/error-row.ts'
import { Fault } from '#shared/fault.ts'
import type { CompiledBank, JsonSchema, JsonValue, Operation, OperationBody, OperationParameter, Tag } from './bank.ts'
import { markedSecrets } from './marked-secrets.ts'
import {
  checkReferences,
  type Document,
  damagedAt,
  dereference,
  documentSchema,
  methods,
  operationSchema,
  parameterSchema,
} from './openapi-document.ts'

/** The texts of a folder's files. */
export interface BankTexts {
  readonly bank: string
  readonly errors: string
  readonly openapi: string
}

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

const exampleValues = (examples: Readonly<Record<string, { value?: unknown }>> | undefined): unknown[] =>
  Object.values(examples ?? {}).map((each) => each.value)

function compileParameters(raw: readonly Record<string, unknown>[], document: Document): OperationParameter[] {
  // The later of two with one name and place counts: an operation overrides what its path says for all.
  const compiled = new Map<string, OperationParameter>()
  for (const entry of raw) {
    const raw = parameterSchema.parse(dereference(entry, document))
    const { name, in: place, required, description } = raw
    if (place === 'cookie') continue
    const schema = dereference(raw.schema, document)
    const examples = [raw.example, ...exampleValues(raw.examples), schema.example, [schema.examples].flat()[0]]
    compiled.set(`${place} ${name}`, {
      name,
      wireName: name,
      in: place,
      required,
      description,
      schema,
      example: (examples.find((each) => each !== undefined) ?? null) as JsonValue,
      source: raw['x-tpp-source'] ?? null,
      assumption: raw['x-tpp-assumption'] ?? null,
      value: null,
    })
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
  const examples = [media.example, ...exampleValues(media.examples)].filter((each) => each !== undefined)
  const shows = (example: unknown) =>
    Object.entries(when).every(([field, value]) => (example as JsonSchema | null)?.[field] === value)
  return {
    required: operation.requestBody.required,
    contentType,
    schema: own ?? media.schema,
    example: examples.find(shows) ?? examples[0] ?? null,
    examples: Object.entries(media.examples ?? {}).flatMap(([name, { summary = name, value }]) =>
      value !== undefined && shows(value) ? [{ name, summary, value }] : [],
    ),
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

const compileResponses = (responses: Record<string, JsonSchema>, document: Document): Operation['responses'] =>
  Object.entries(responses).map(([status, response]) => {
    const { description } = dereference(response, document)
    return { status, description: typeof description === 'string' ? description : '' }
  })

/** Tags in the order the document declares them, then those that only operations name. */
function compileTags(document: Document, operations: readonly Operation[]): Tag[] {
  const declared = document.tags.map((tag) => ({
    name: tag.name,
    description: tag.description,
    view: tag['x-tpp-view'] ?? null,
  }))
  const names = new Set(declared.map((tag) => tag.name))
  const others = new Set(operations.flatMap((operation) => operation.tags).filter((name) => !names.has(name)))
  return [...declared, ...[...others].map((name) => ({ name, description: '', view: null }))]
}

/** A shared request body put in its place. */
function withOwnBody(operation: unknown, document: Document): unknown {
  const body = (operation as JsonSchema | null)?.requestBody
  if (typeof body !== 'object' || body === null) return operation
  return { ...(operation as JsonSchema), requestBody: dereference(body as JsonSchema, document) }
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
      const operation = within(place, () => operationSchema.parse(withOwnBody(item[method], document)))
      const common = {
        method: method.toUpperCase(),
        path,
        tags: operation.tags,
        host: operation['x-tpp-host'],
        scope: operation['x-tpp-scope'] ?? null,
        tokenOptional: operation['x-tpp-token'] === 'optional',
        alternativeScopes: operation['x-tpp-alternative-scopes'] ?? [],
        parameters: within(`${place}.parameters`, () =>
          compileParameters([...shared, ...operation.parameters], document),
        ),
        availability: operation['x-tpp-availability'] ?? null,
        responses: compileResponses(operation.responses, document),
      }
      if (!Object.hasOwn(hosts, common.host)) {
        const message = `${operation.operationId} lives on host "${common.host}", which bank.yaml does not name.`
        throw damagedAt(`${place}.x-tpp-host`, message)
      }
      // Two ids on one method and path: OpenAPI knows one operation, the workbench lists each.
      const variants = operation['x-tpp-operations'] ?? [
        { id: operation.operationId, title: operation.summary, when: {}, description: operation.description },
      ]
      const secrets = markedSecrets(operation, common.parameters, document)
      for (const { id, title, when, description } of variants) {
        operations.push({
          ...common,
          id,
          title,
          when,
          body: compileBody(operation, when, document),
          description: description ?? operation.description,
          assumptions: assumptionsOf(id),
          ...(secrets === null ? {} : { secrets }),
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
  return { profile, errors, operations, tags: compileTags(document, operations), components: document.components }
}
