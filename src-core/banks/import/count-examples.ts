/** Counts the examples of a bundled document: of parameters, bodies, headers and schemas. */
import { isObject, type JsonObject, type JsonTree } from './json-tree.ts'
import { type Kind, mapChildren, type Walk } from './openapi-grammar.ts'

const own = (value: JsonObject): number => {
  const list = Array.isArray(value.examples) ? value.examples.length : 0
  const named = isObject(value.examples) ? Object.keys(value.examples).length : 0
  return list + named + (value.example === undefined ? 0 : 1)
}

const shown: ReadonlySet<Kind> = new Set(['parameter', 'header', 'mediaType', 'schema'])

export function countExamples(file: string, document: JsonObject): number {
  let count = 0
  const walk: Walk<null> = {
    file,
    child(value: JsonTree, kind: Kind, _, place: string) {
      if (!isObject(value)) return value
      if (shown.has(kind)) count += own(value)
      return mapChildren(kind, value, walk, null, place)
    },
  }
  mapChildren('document', document, walk, null, '#')
  return count
}
