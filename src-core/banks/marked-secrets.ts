/** Collects what a bank's document marks as secret: `x-tpp-secret: true`, or `format: password` of any OpenAPI document. */
import type { JsonSchema, MarkedSecrets, OperationParameter } from './bank.ts'
import { type Document, dereference } from './openapi-document.ts'

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** OpenAPI 3.0.3 section 4.4: `password` is a hint to obscure the value. */
function isMarked(schema: JsonSchema): boolean {
  // Written otherwise than it should be, it is meant all the same.
  const { 'x-tpp-secret': mark = false, format } = schema
  return mark !== false || format === 'password'
}

/** Applicators of JSON Schema 2020-12 that hold one schema or a list of them. */
const applicators = [
  'allOf',
  'anyOf',
  'oneOf',
  'items',
  'prefixItems',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
]
const maps = ['patternProperties', 'dependentSchemas']

/** @param seen schemas that were looked at: a tree may lead back to itself */
function collect(raw: unknown, document: Document, names: Set<string>, seen: Set<unknown>): void {
  if (!isObject(raw)) return
  const schema = dereference(raw, document)
  if (seen.has(schema)) return
  seen.add(schema)
  for (const [name, property] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
    // A mark may stand beside a `$ref` (OpenAPI 3.1) or where it leads.
    if (isObject(property) && (isMarked(property) || isMarked(dereference(property, document)))) names.add(name)
    collect(property, document, names, seen)
  }
  for (const key of applicators) for (const each of [schema[key]].flat()) collect(each, document, names, seen)
  for (const key of maps)
    for (const each of Object.values(isObject(schema[key]) ? schema[key] : {})) collect(each, document, names, seen)
}

function ofContent(holder: unknown, document: Document, names: Set<string>): void {
  if (!isObject(holder) || !isObject(holder.content)) return
  for (const media of Object.values(holder.content))
    if (isObject(media)) collect(media.schema, document, names, new Set())
}

function ofHeaders(response: JsonSchema, document: Document, names: Set<string>): void {
  for (const [name, raw] of Object.entries(isObject(response.headers) ? response.headers : {})) {
    const header = isObject(raw) ? dereference(raw, document) : {}
    if (isMarked(header) || (isObject(header.schema) && isMarked(dereference(header.schema, document)))) names.add(name)
  }
}

/** null where nothing is marked. */
export function markedSecrets(
  operation: { readonly requestBody?: unknown; readonly responses: Readonly<Record<string, JsonSchema>> },
  parameters: readonly OperationParameter[],
  document: Document,
): MarkedSecrets | null {
  const [request, response] = [new Set<string>(), new Set<string>()]
  for (const { name, schema } of parameters) if (isMarked(schema)) request.add(name)
  ofContent(operation.requestBody, document, request)
  for (const raw of Object.values(operation.responses)) {
    const answer = dereference(raw, document)
    ofContent(answer, document, response)
    ofHeaders(answer, document, response)
  }
  return request.size + response.size === 0 ? null : { request: [...request], response: [...response] }
}
