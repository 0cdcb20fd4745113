/** What a bank folder says about its operations and error rows, as facts that can be compared with the requirements. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import { parse } from 'yaml'
import { z } from 'zod'
import {
  followed,
  isObject,
  type Json,
  type JsonObject,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
} from '#core/banks/check/json-document.ts'
import { type ErrorRow, errorRowSchema } from '#shared/error-row.ts'
import { type Fact, type Facts, limitsOf, saying } from './required-facts.ts'

const banks = join(import.meta.dirname, '..', '..', 'resources', 'banks')

type Resolve = (value: Json | undefined) => JsonObject

/** An object, or what its `$ref` names with the keys beside the `$ref` on top. */
const resolver =
  (openapi: JsonObject): Resolve =>
  (value) => {
    if (!isObject(value) || typeof value.$ref !== 'string') return objectOf(value)
    const { $ref, ...beside } = value
    return { ...followed(openapi, { $ref }), ...beside }
  }

/** Type or format of a schema, in the notation of the requirements. */
function notation(resolve: Resolve, value: Json | undefined): string {
  const schema = resolve(value)
  if (Array.isArray(schema.anyOf) && schema.type === undefined) {
    return schema.anyOf.map((each) => notation(resolve, each)).join('|')
  }
  if (Array.isArray(schema.type)) return textsOf(schema.type).join('|')
  if (schema.type === 'array') return `array<${notation(resolve, schema.items)}>`
  return textOf(schema.format) ?? textOf(schema.type) ?? 'anything'
}

function factOf(resolve: Resolve, required: boolean, value: Json | undefined, source: Json | undefined): Fact {
  const schema = resolve(value)
  // The values of a list of words are said of its items.
  const values = schema.enum ?? (schema.type === 'array' ? resolve(schema.items).enum : undefined)
  return saying({ required, type: notation(resolve, value), ...limitsOf(schema), enum: values, source })
}

/** What stands inside a property: the items of a list, the entry of a map of like entries, or the property itself. */
function within(resolve: Resolve, property: Json): Json {
  const schema = resolve(property)
  const inner = schema.type === 'array' ? (schema.items ?? {}) : property
  const { properties, additionalProperties } = resolve(inner)
  return properties === undefined && isObject(additionalProperties) ? additionalProperties : inner
}

function fieldsOf(resolve: Resolve, value: Json | undefined, prefix = '', above: readonly string[] = []): Facts {
  const schema = resolve(value)
  const parts = [schema, ...objectsOf(schema.allOf).map(resolve)]
  // What is required on a condition counts: the requirements know one shape where the schema may take others too.
  const required = parts.flatMap((part) => [...textsOf(part.required), ...textsOf(objectOf(part.then).required)])
  const facts: Facts = new Map()
  for (const [name, property] of parts.flatMap((part) => Object.entries(objectOf(part.properties)))) {
    const own = resolve(property)
    const path = `${prefix}${name}${own.type === 'array' ? '[]' : ''}`
    facts.set(path, factOf(resolve, required.includes(name), property, own['x-tpp-source']))
    const inner = within(resolve, property)
    const mark = JSON.stringify(inner)
    if (above.includes(mark)) continue
    for (const each of fieldsOf(resolve, inner, `${path}.`, [...above, mark])) facts.set(...each)
  }
  return facts
}

interface FolderOperation {
  readonly path: string
  readonly method: string
  readonly node: JsonObject
  /** Form fields that tell it from others of the same method and path. */
  readonly when: JsonObject
  readonly parameters: readonly Json[]
}

function operationsOf(openapi: JsonObject): Map<string, FolderOperation> {
  const operations = new Map<string, FolderOperation>()
  for (const [path, item] of Object.entries(objectOf(openapi.paths))) {
    for (const [method, value] of Object.entries(objectOf(item))) {
      const node = objectOf(value)
      if (node.operationId === undefined) continue
      const variants = objectsOf(node['x-tpp-operations'])
      const parameters = [...objectsOf(objectOf(item).parameters), ...objectsOf(node.parameters)]
      for (const { id, when } of variants.length > 0 ? variants : [{ id: node.operationId, when: {} }]) {
        const operation = { path, method: method.toUpperCase(), node, when: objectOf(when), parameters }
        operations.set(textOf(id) ?? '', operation)
      }
    }
  }
  return operations
}

function bodySchema(resolve: Resolve, schema: Json | undefined, when: JsonObject): Json | undefined {
  const variant = objectsOf(resolve(schema).oneOf).find((alternative) =>
    Object.entries(when).some(([field, value]) => {
      const values = resolve(objectOf(resolve(alternative).properties)[field]).enum
      return Array.isArray(values) && values.includes(value)
    }),
  )
  return variant ?? schema
}

export interface FolderFacts {
  readonly operations: ReadonlyMap<string, FolderOperation>
  readonly rows: readonly ErrorRow[]
  parameters(id: string): Facts
  body(id: string): { types: string[]; fields: Facts }
  response(id: string, status: number): JsonObject
  /** Fields of the JSON that comes with a status. */
  answer(id: string, status: number): Facts
  /** Why the JSON that comes with a status cannot be this; empty where it can. */
  refusal(id: string, status: number, value: Json): string[]
}

const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false })
// The types of ajv-formats name the module where its code gives the function.
;(addFormatsModule as unknown as (ajv: Ajv2020) => void)(ajv)

/** The folder of one system. Throws where it is not there. */
export function folderOf(system: string): FolderFacts {
  const read = (file: string): unknown => parse(readFileSync(join(banks, system, file), 'utf8'))
  const openapi = read('openapi.yaml') as JsonObject
  const resolve = resolver(openapi)
  const operations = operationsOf(openapi)
  const at = (id: string): FolderOperation => {
    const found = operations.get(id)
    if (found === undefined) throw new Error(`${system} has no operation ${id}`)
    return found
  }
  const response = (id: string, status: number) => resolve(objectOf(at(id).node.responses)[String(status)])
  const answered = (id: string, status: number): Json | undefined => {
    const content = objectOf(response(id, status).content)
    return objectOf(content['application/json'] ?? Object.values(content)[0]).schema
  }
  return {
    operations,
    rows: z.array(errorRowSchema).parse(read('errors.yaml')),
    parameters: (id) =>
      new Map(
        at(id).parameters.map((entry) => {
          const { in: place, name, required, schema, 'x-tpp-source': source } = resolve(entry)
          return [`${textOf(place)} ${textOf(name)}`, factOf(resolve, required === true, schema, source)]
        }),
      ),
    body: (id) => {
      const { node, when } = at(id)
      const content = objectOf(resolve(node.requestBody).content)
      const [media] = Object.values(content)
      const schema = bodySchema(resolve, objectOf(media).schema, when)
      return { types: Object.keys(content), fields: fieldsOf(resolve, schema) }
    },
    response,
    answer: (id, status) => fieldsOf(resolve, answered(id, status)),
    refusal: (id, status, value) => {
      ajv.validate({ ...objectOf(answered(id, status)), components: openapi.components }, value)
      return (ajv.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
    },
  }
}
