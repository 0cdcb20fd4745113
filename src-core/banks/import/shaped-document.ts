/** Looks into an imported document for what recognising its calls needs: members of answers and bodies, parameters, paths. */
import { follow } from './json-pointer.ts'
import { isObject, type JsonObject, type JsonTree } from './json-tree.ts'
import type { ShapedOperation } from './shape-operations.ts'

/** The document with its paths as they were shaped. */
export interface ShapedDocument {
  readonly document: JsonObject
  readonly paths: JsonObject
  readonly operations: readonly ShapedOperation[]
}

/** Longer chains of references lead in circles. */
const most = 30

/** The object itself, or what its references lead to. */
export function resolved(document: JsonObject, value: JsonTree | undefined): JsonObject {
  let at = value
  for (let steps = 0; steps < most && isObject(at); steps += 1) {
    if (typeof at.$ref !== 'string') return at
    at = follow(document, at.$ref.slice(1)) as JsonTree | undefined
  }
  return {}
}

/** Names and schemas of the members, those of parts it is composed of too. */
export function membersOf(document: JsonObject, value: JsonTree | undefined, depth = 0): JsonObject {
  const schema = resolved(document, value)
  const parts = Array.isArray(schema.allOf) && depth < most ? schema.allOf : []
  return Object.assign(
    {},
    ...parts.map((part) => membersOf(document, part, depth + 1)),
    isObject(schema.properties) ? schema.properties : {},
  ) as JsonObject
}

export const has = (value: JsonObject, name: string): boolean => Object.hasOwn(value, name)

/** What the document says of a call. */
export const nodeOf = ({ document, paths }: ShapedDocument, { path, method }: ShapedOperation): JsonObject =>
  resolved(document, (paths[path] as JsonObject)[method.toLowerCase()])

/** Schema of the JSON an answer or a body has; undefined where none is described. */
export function jsonSchemaOf({ content }: JsonObject): JsonTree | undefined {
  const json = Object.entries(isObject(content) ? content : {}).find(([type]) => /json/i.test(type))?.[1]
  return isObject(json) ? json.schema : undefined
}

/** Members of a good answer; of several the one with the status that is named. */
export function answerOf({ document }: ShapedDocument, node: JsonObject, best: '200' | '201' = '200'): JsonObject {
  const { responses } = node
  const response = resolved(
    document,
    isObject(responses) ? (responses[best] ?? responses['200'] ?? responses['201']) : undefined,
  )
  return membersOf(document, jsonSchemaOf(response))
}

/** Those of the path, then those of the call. */
export function declaredOf(
  { document, paths }: ShapedDocument,
  { path }: ShapedOperation,
  node: JsonObject,
): JsonObject[] {
  const shared = (paths[path] as JsonObject | undefined)?.parameters
  return [shared, node.parameters]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((each) => resolved(document, each))
}

export const parametersOf = (shaped: ShapedDocument, call: ShapedOperation, node: JsonObject): string[] =>
  declaredOf(shaped, call, node)
    .map(({ name }) => name)
    .filter((name) => typeof name === 'string')

export interface Call {
  readonly id: string
  readonly path: string
  readonly parameters: readonly string[]
  /** Members of its good answer; none where the document describes none. */
  readonly answer: JsonObject
}

export function findCall(shaped: ShapedDocument, method: string, looks: RegExp): Call | null {
  const found = shaped.operations.find((one) => one.method === method && looks.test(one.path))
  if (found === undefined) return null
  const node = nodeOf(shaped, found)
  const { id, path } = found
  return { id, path, parameters: parametersOf(shaped, found, node), answer: answerOf(shaped, node) }
}

export const pathParameter = (path: string): string | null => /\{([^}]+)\}[^{}]*$/.exec(path)?.[1] ?? null
