/** Brings a bundled document to OpenAPI 3.1 and takes out what the workbench has no use for, saying so. */
import { adaptSchema, type Report } from './adapt-schema.ts'
import { isObject, type JsonObject, type JsonTree } from './json-tree.ts'
import { type Kind, mapChildren, type Walk } from './openapi-grammar.ts'
import type { OpenapiVersion } from './recognise-format.ts'
import { upgradeSchema } from './upgrade-schema.ts'

/** Keys of an object of some kind that mean something the workbench does not do. */
const leftOut: Partial<Record<Kind, Readonly<Record<string, readonly [what: string, effect: string]>>>> = {
  document: {
    webhooks: ['Webhooks', 'They are left out: the workbench receives no calls of the bank.'],
  },
  operation: {
    callbacks: ['Callbacks', 'They are left out: the workbench receives no calls of the bank.'],
  },
  response: {
    links: ['Links between answers and operations', 'They are left out; the operations themselves are there.'],
  },
  pathItem: {
    trace: ['The method TRACE', 'The operation is left out.'],
  },
}

function withoutUnsupported(kind: Kind, value: JsonObject, place: string, report: Report): JsonObject {
  const keys = leftOut[kind]
  if (keys === undefined) return value
  const kept = { ...value }
  for (const [key, [what, effect]] of Object.entries(keys)) {
    const held = kept[key]
    if (held === undefined) continue
    delete kept[key]
    if (!isObject(held) || Object.keys(held).length > 0) report(`${place}/${key}`, what, effect)
  }
  return kept
}

const unusedComponents = ['links', 'callbacks', 'pathItems', 'examples', 'requestBodies']

/** Examples kept as a file elsewhere cannot be shown. */
function withoutExternalExample(value: JsonObject, place: string, report: Report): JsonObject {
  if (value.externalValue === undefined) return value
  report(place, 'An example in another file (externalValue)', 'It is not fetched and not shown.')
  const { externalValue: _, ...rest } = value
  return rest
}

/** The document has been bundled: every reference in it is one into its own components. */
export function moderniseDocument(
  file: string,
  document: JsonObject,
  version: OpenapiVersion,
  report: Report,
): JsonObject {
  const walk: Walk<null> = {
    file,
    child(value, kind, _, place) {
      if (!isObject(value)) return value
      if (kind === 'schema') return schema(value, place)
      const kept = withoutUnsupported(kind, value, place, report)
      const mapped = mapChildren(kind, kept, walk, null, place)
      return kind === 'example' ? withoutExternalExample(mapped, place, report) : mapped
    },
  }
  const schema = (value: JsonObject, place: string): JsonTree => {
    const mapped = mapChildren('schema', value, walk, null, place)
    return adaptSchema(version === '3.0' ? upgradeSchema(mapped) : mapped, place, report)
  }
  const { components, ...rest } = withoutUnsupported('document', document, '#', report)
  const kept = Object.fromEntries(
    Object.entries(isObject(components) ? components : {}).filter(([key]) => !unusedComponents.includes(key)),
  )
  return mapChildren('document', { ...rest, components: kept }, walk, null, '#')
}
