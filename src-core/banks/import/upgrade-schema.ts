/** Rewrites a schema of OpenAPI 3.0 as the JSON Schema of 3.1 (https://learn.openapis.org/upgrading/v3.0-to-v3.1). */
import type { JsonObject, JsonTree } from './json-tree.ts'
import { isObject } from './json-tree.ts'

/** `nullable: true` says that null is taken too; without a type it only means something beside a composition. */
function withNull(schema: JsonObject): JsonObject {
  const { nullable, ...rest } = schema
  if (nullable !== true) return rest
  if (typeof rest.type === 'string') {
    const values = rest.enum
    return {
      ...rest,
      type: [rest.type, 'null'],
      ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
    }
  }
  for (const key of ['anyOf', 'oneOf']) {
    const alternatives = rest[key]
    if (Array.isArray(alternatives)) return { ...rest, [key]: [...alternatives, { type: 'null' }] }
  }
  if (rest.$ref === undefined && rest.allOf === undefined) return rest
  const { $ref, allOf, ...about } = rest
  const taken = { ...($ref === undefined ? {} : { $ref }), ...(allOf === undefined ? {} : { allOf }) }
  return { ...about, anyOf: [taken, { type: 'null' }] }
}

/** A flag beside the limit in 3.0, the limit itself in 3.1. */
function withExclusiveLimit(schema: JsonObject, flag: string, limit: string): JsonObject {
  const { [flag]: exclusive, ...rest } = schema
  if (typeof exclusive !== 'boolean') return schema
  const { [limit]: value, ...open } = rest
  return exclusive && typeof value === 'number' ? { ...open, [flag]: value } : rest
}

const binaryFormats: Readonly<Record<string, JsonObject>> = {
  byte: { contentEncoding: 'base64' },
  base64: { contentEncoding: 'base64' },
  binary: { contentMediaType: 'application/octet-stream' },
}

function withContentFormat(schema: JsonObject): JsonObject {
  const { format, ...rest } = schema
  return typeof format === 'string' && Object.hasOwn(binaryFormats, format)
    ? { ...rest, ...binaryFormats[format] }
    : schema
}

function withExamples(schema: JsonObject): JsonObject {
  const { example, ...rest } = schema
  return example === undefined ? schema : { ...rest, examples: [example] }
}

/** What 3.0 ignored beside a reference must not begin to count; words about it do no harm. */
const harmlessBesideReference = new Set(['$ref', 'title', 'description', 'deprecated', 'nullable'])

/** One schema without its children. A boolean stays what it is. */
export function upgradeSchema(schema: JsonTree): JsonTree {
  if (!isObject(schema)) return schema
  const counting =
    typeof schema.$ref === 'string'
      ? Object.fromEntries(Object.entries(schema).filter(([key]) => harmlessBesideReference.has(key)))
      : schema
  const limited = withExclusiveLimit(
    withExclusiveLimit(counting, 'exclusiveMinimum', 'minimum'),
    'exclusiveMaximum',
    'maximum',
  )
  return withNull(withContentFormat(withExamples(limited)))
}
