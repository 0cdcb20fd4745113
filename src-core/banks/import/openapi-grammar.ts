/** Where in an OpenAPI 3.0 or 3.1 document which kind of object stands: every pass over a document walks by this table. */
import { refuse } from './import-limits.ts'
import { memberOf } from './json-pointer.ts'
import { isObject, type JsonObject, type JsonTree } from './json-tree.ts'

export const kinds = [
  'document',
  'components',
  'pathItem',
  'operation',
  'parameter',
  'header',
  'requestBody',
  'response',
  'mediaType',
  'encoding',
  'example',
  'link',
  'callback',
  'securityScheme',
  'schema',
] as const
export type Kind = (typeof kinds)[number]

/** `one`: an object of the kind; `list` and `map`: a container of them. In a `names` map `x-` keys are names like others. */
type Child = readonly ['one' | 'list' | 'map' | 'names', Kind]

const map = (kind: Kind): Child => ['map', kind]
const names = (kind: Kind): Child => ['names', kind]
const list = (kind: Kind): Child => ['list', kind]
const one = (kind: Kind): Child => ['one', kind]

const operation = one('operation')
const parameterFields = { schema: one('schema'), content: names('mediaType'), examples: names('example') }

/** Methods of a path item; `trace` is known to OpenAPI and to no bank. */
export const pathMethods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'] as const

export const grammar: Readonly<Record<Kind, Readonly<Record<string, Child>>>> = {
  document: { paths: map('pathItem'), webhooks: names('pathItem'), components: one('components') },
  components: {
    schemas: names('schema'),
    responses: names('response'),
    parameters: names('parameter'),
    examples: names('example'),
    requestBodies: names('requestBody'),
    headers: names('header'),
    securitySchemes: names('securityScheme'),
    links: names('link'),
    callbacks: names('callback'),
    pathItems: names('pathItem'),
  },
  pathItem: { parameters: list('parameter'), ...Object.fromEntries(pathMethods.map((method) => [method, operation])) },
  operation: {
    parameters: list('parameter'),
    requestBody: one('requestBody'),
    responses: map('response'),
    callbacks: names('callback'),
  },
  parameter: parameterFields,
  header: parameterFields,
  requestBody: { content: names('mediaType') },
  response: { headers: names('header'), content: names('mediaType'), links: names('link') },
  mediaType: { schema: one('schema'), examples: names('example'), encoding: names('encoding') },
  encoding: { headers: names('header') },
  example: {},
  link: {},
  callback: {},
  securityScheme: {},
  schema: {
    properties: names('schema'),
    patternProperties: names('schema'),
    dependentSchemas: names('schema'),
    $defs: names('schema'),
    definitions: names('schema'),
    additionalProperties: one('schema'),
    unevaluatedProperties: one('schema'),
    unevaluatedItems: one('schema'),
    items: one('schema'),
    prefixItems: list('schema'),
    contains: one('schema'),
    propertyNames: one('schema'),
    allOf: list('schema'),
    anyOf: list('schema'),
    oneOf: list('schema'),
    ...Object.fromEntries(['not', 'if', 'then', 'else'].map((key) => [key, one('schema')])),
  },
}

/** Keys whose values are somebody's data: nothing in them is a reference or a schema. */
export const dataKeys: ReadonlySet<string> = new Set(['example', 'default', 'const', 'enum', 'value', 'security'])

/** What a walk is told about a value besides the value. `Context` is the walk's own. */
export interface Walk<Context> {
  readonly file: string
  /** The new value of a child. */
  child(value: JsonTree, kind: Kind, context: Context, place: string): JsonTree
  /** Follows a container that is itself a reference, such as `paths: {$ref: paths.yaml}`. */
  container?(value: JsonObject, context: Context, place: string): { value: JsonTree; context: Context; place: string }
  /** A key the table does not know: its new value, or undefined to leave it out. */
  other?(key: string, value: JsonTree, kind: Kind, place: string): JsonTree | undefined
}

const wrongShape = (file: string, place: string, wanted: string) =>
  refuse({ file, place, what: `${wanted} has to stand here`, remedy: 'Repair the document there.' })

function mapContainer<Context>(
  form: 'list' | 'map' | 'names',
  kind: Kind,
  given: JsonTree,
  walk: Walk<Context>,
  outer: Context,
  at: string,
): JsonTree {
  const reference = isObject(given) && typeof given.$ref === 'string' ? given : null
  const followed = reference !== null && walk.container ? walk.container(reference, outer, at) : null
  const { value, context, place } = followed ?? { value: given, context: outer, place: at }
  if (form === 'list') {
    if (!Array.isArray(value)) throw wrongShape(walk.file, place, 'a list')
    return value.map((each, index) => walk.child(each, kind, context, `${place}/${index}`))
  }
  if (!isObject(value)) throw wrongShape(walk.file, place, 'an object')
  const entries = Object.entries(value).filter(([key]) => form === 'names' || !key.startsWith('x-'))
  return Object.fromEntries(entries.map(([key, each]) => [key, walk.child(each, kind, context, memberOf(place, key))]))
}

/** A copy of an object of the document with its children changed. Extensions (`x-…`) go: nothing here reads them. */
export function mapChildren<Context>(
  kind: Kind,
  value: JsonObject,
  walk: Walk<Context>,
  context: Context,
  place: string,
): JsonObject {
  const result: JsonObject = {}
  for (const [key, each] of Object.entries(value)) {
    const at = memberOf(place, key)
    const child = Object.hasOwn(grammar[kind], key) ? grammar[kind][key] : undefined
    if (child !== undefined) {
      const [form, childKind] = child
      result[key] =
        form === 'one'
          ? walk.child(each, childKind, context, at)
          : mapContainer(form, childKind, each, walk, context, at)
    } else if (!key.startsWith('x-') || kind === 'example') {
      const other = walk.other && !dataKeys.has(key) ? walk.other(key, each, kind, at) : each
      if (other !== undefined) result[key] = other
    }
  }
  return result
}
