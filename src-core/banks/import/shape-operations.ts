/** Gives every operation what the workbench asks of one: an id, one tag, a host, a scope, sendable parameters and body. */
import type { Report } from './adapt-schema.ts'
import { quoted, refuse } from './import-limits.ts'
import { memberOf } from './json-pointer.ts'
import { isObject, type JsonObject, type JsonTree, textOf } from './json-tree.ts'
import { pathMethods } from './openapi-grammar.ts'
import { createOperationIds } from './operation-ids.ts'
import type { Security } from './security-schemes.ts'
import type { createHosts } from './server-urls.ts'
import { shapeBody } from './shape-body.ts'
import { resolved, shapeParameters, undeclared } from './shape-parameters.ts'

export interface ShapedOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly title: string
  readonly tag: string
}

export interface ShapeParts {
  readonly file: string
  readonly document: JsonObject
  readonly security: Security
  readonly hosts: ReturnType<typeof createHosts>
  readonly report: Report
  warn(sentence: string): void
}

const trimmed = (value: JsonTree | undefined): string => textOf(value).trim()
const methods = pathMethods.filter((method) => method !== 'trace')
const otherTag = 'Other'

/** The first sentence of a description, or the call itself. */
function titleOf(operation: JsonObject, method: string, path: string): string {
  const summary = trimmed(operation.summary) || trimmed(operation.description).split(/(?<=[.!?])\s|\n/)[0]!
  return summary === '' ? `${method.toUpperCase()} ${path}` : summary.slice(0, 200)
}

/** Undefined values left out. */
const present = (fields: Record<string, JsonTree | undefined>): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, JsonTree] => entry[1] !== undefined))

function shapeResponses(responses: JsonTree | undefined): JsonObject {
  const entries = Object.entries(isObject(responses) ? responses : {}).filter(([, response]) => isObject(response))
  const shaped = entries.map(([status, response]): [string, JsonTree] => {
    const { $ref, description } = response as JsonObject
    return [
      status,
      typeof $ref === 'string' ? { $ref } : { ...(response as JsonObject), description: trimmed(description) },
    ]
  })
  return shaped.length === 0 ? { default: { description: 'Not described.' } } : Object.fromEntries(shaped)
}

function shapeOne(
  operation: JsonObject,
  call: { method: string; path: string; place: string; item: JsonObject; shared: readonly JsonTree[]; id: string },
  parts: ShapeParts,
): { shaped: ShapedOperation; operation: JsonObject } {
  const { method, path, place, item, shared, id } = call
  const { document, security, report } = parts
  const rules = { document, report, hasToken: security.access !== null }
  const own = shapeParameters(operation.parameters, place, rules)
  const keys = security.parametersOf(operation)
  const lost = undeclared(path, [...shared, ...own], document)
  if (lost.length > 0)
    report(
      place,
      `Path parameters that are not declared (${lost.map(({ name }) => textOf(name)).join(', ')})`,
      'Added as text.',
    )
  const [tag = otherTag] = (Array.isArray(operation.tags) ? operation.tags : [])
    .map(trimmed)
    .filter((name) => name !== '')
  const servers = operation.servers ?? item.servers
  const title = titleOf(operation, method, path)
  const scope = security.scopeOf(operation)
  const result = present({
    operationId: id,
    tags: [tag],
    summary: title,
    description: operation.description,
    deprecated: operation.deprecated,
    'x-tpp-host': parts.hosts.hostOf(servers, `${place}/servers`),
    'x-tpp-scope': scope ?? undefined,
    security: operation.security,
    parameters: [...own, ...keys, ...lost],
    requestBody: shapeBody(operation.requestBody, place, report),
    responses: shapeResponses(operation.responses),
  })
  return { shaped: { id, method: method.toUpperCase(), path, title, tag }, operation: result }
}

export interface ShapedPaths {
  readonly paths: JsonObject
  readonly operations: readonly ShapedOperation[]
  /** Names of the header parameters, in lower case. */
  readonly headers: ReadonlySet<string>
}

const headersIn = (parameters: readonly JsonTree[], document: JsonObject): string[] =>
  parameters
    .map((each) => resolved(each, document))
    .flatMap((each) => (each.in === 'header' && typeof each.name === 'string' ? [each.name.toLowerCase()] : []))

function refuseBadPath(path: string, file: string, place: string): void {
  if (path.length <= 2000 && /^\/[^?#]*$/.test(path)) return
  throw refuse({
    file,
    place,
    what: `"${quoted(path)}" is no path: it has to begin with a slash, have no "?" or "#", and not more than 2,000 characters`,
    remedy: 'Correct it; what follows a "?" is described as query parameters.',
  })
}

/** Throws IMPORT_REFUSED where there is no operation, or a path that is none. */
export function shapeOperations(parts: ShapeParts): ShapedPaths {
  const { document, file, report } = parts
  const idOf = createOperationIds()
  const paths: JsonObject = {}
  const operations: ShapedOperation[] = []
  const headers = new Set<string>()
  let renamed = 0
  for (const [path, item] of Object.entries(isObject(document.paths) ? document.paths : {})) {
    const at = memberOf('#/paths', path)
    if (!isObject(item)) continue
    refuseBadPath(path, file, at)
    const rules = { document, report, hasToken: parts.security.access !== null }
    const shared = shapeParameters(item.parameters, at, rules)
    const shapedItem: JsonObject = shared.length > 0 ? { parameters: shared } : {}
    for (const method of methods) {
      const operation = item[method]
      if (!isObject(operation)) continue
      const id = idOf(operation.operationId, method, path)
      if (operation.operationId !== undefined && operation.operationId !== id) renamed += 1
      const made = shapeOne(operation, { method, path, place: `${at}/${method}`, item, shared, id }, parts)
      shapedItem[method] = made.operation
      operations.push(made.shaped)
      for (const name of headersIn([...shared, ...(made.operation.parameters as JsonTree[])], document))
        headers.add(name)
    }
    paths[path] = shapedItem
  }
  if (operations.length === 0) {
    throw refuse({
      file,
      place: '#/paths',
      what: 'the document describes no operation',
      remedy: 'Choose the document that has the paths.',
    })
  }
  if (renamed > 0)
    parts.warn(`${renamed} operation ids were rewritten: ids here have lower case letters, digits and hyphens.`)
  return { paths, operations, headers }
}
