/** What the checks read of a parsed document: values by their place, references followed inside the document only. */

export type Json = null | boolean | number | string | Json[] | JsonObject
export interface JsonObject {
  [key: string]: Json
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})

export const objectsOf = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])

export const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null)

export const textsOf = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []

/** The own value of a key: a document may say `constructor` or `__proto__` and mean a name. */
export function ownValue(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return /^\d+$/.test(key) ? value[Number(key)] : undefined
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** RFC 6901, as the fragment of a URI. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  ['#', ...path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')

export const inside = (pointer: string, ...path: readonly PropertyKey[]): string => pointer + pointerOf(path).slice(1)

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** What a reference or a place names; undefined where there is nothing, or where it leaves the document. */
export function valueAt(document: Json, reference: string): Json | undefined {
  if (reference === '#') return document
  if (!reference.startsWith('#/')) return undefined
  return reference
    .slice(2)
    .split('/')
    .map((part) => decoded(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>(ownValue, document)
}

/** The object itself, or what its `$ref`s name in the end; an empty one where that is nothing. */
export function followed(document: Json, value: Json | undefined): JsonObject {
  let at = value
  for (let steps = 0; steps < 100 && isObject(at); steps += 1) {
    const reference = textOf(at.$ref)
    if (reference === null) return at
    at = valueAt(document, reference)
  }
  return {}
}

/** Visits every object of a document with its place. */
export function walk(value: Json, visit: (at: JsonObject, place: string) => void, place = '#'): void {
  if (value === null || typeof value !== 'object') return
  if (!Array.isArray(value)) visit(value, place)
  for (const [key, each] of Object.entries(value)) walk(each, visit, inside(place, key))
}

/** Keys under which OpenAPI has names of somebody's choice, where a name such as `default` is no keyword. */
const mapsOfNames = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'dependentSchemas',
  'schemas',
  'responses',
  'parameters',
  'headers',
  'requestBodies',
  'securitySchemes',
  'links',
  'callbacks',
  'pathItems',
  'paths',
  'webhooks',
  'content',
  'encoding',
])

/** Keys whose values are somebody's data, where no keyword means anything. */
const dataKeys = new Set(['example', 'examples', 'default', 'const', 'enum', 'value', 'mapping'])

/** Visits the objects of an OpenAPI document that carry keywords: neither data nor maps of names. */
export function walkKeywords(value: Json, visit: (at: JsonObject, place: string) => void, place = '#'): void {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) walkKeywords(each, visit, inside(place, index))
    return
  }
  if (!isObject(value)) return
  visit(value, place)
  for (const [key, each] of Object.entries(value)) {
    if (dataKeys.has(key) || key.startsWith('x-')) continue
    if (mapsOfNames.has(key) && isObject(each)) {
      for (const [name, named] of Object.entries(each)) walkKeywords(named, visit, inside(place, key, name))
    } else {
      walkKeywords(each, visit, inside(place, key))
    }
  }
}
