/** The parameters of an operation as the workbench sends them; what it cannot send is named and left out. */
import type { Report } from './adapt-schema.ts'
import { quoted } from './import-limits.ts'
import { follow } from './json-pointer.ts'
import { isObject, type JsonObject, type JsonTree, textOf } from './json-tree.ts'

export interface ParameterRules {
  readonly document: JsonObject
  readonly report: Report
  /** The Authorization header is filled from a token, not from a parameter. */
  readonly hasToken: boolean
}

const places = new Set(['path', 'query', 'header'])
/** What OpenAPI says by other means: a parameter of this name counts for nothing. */
const otherMeans = new Set(['accept', 'content-type'])

/** The parameter itself where it is a reference. */
export function resolved(value: JsonTree, document: JsonObject): JsonObject {
  if (!isObject(value)) return {}
  if (typeof value.$ref !== 'string') return value
  const found = follow(document, value.$ref.slice(1))
  return isObject(found) ? (found as JsonObject) : {}
}

/** Ways of writing a value that only a list or an object needs. */
function reportStyle(parameter: JsonObject, place: string, report: Report): void {
  const { style, name, content } = parameter
  const usual = parameter.in === 'query' ? 'form' : 'simple'
  if (typeof style === 'string' && style !== usual)
    report(
      place,
      `The style ${quoted(style)} of parameter ${quoted(textOf(name))}`,
      'The value is sent as you write it.',
    )
  if (content !== undefined)
    report(place, `Parameter ${quoted(textOf(name))} with a media type`, 'Its text is sent as you write it, unchecked.')
}

/** The list without cookies, without headers OpenAPI fixes by other means, and without what a token fills in. */
export function shapeParameters(list: JsonTree | undefined, place: string, rules: ParameterRules): JsonTree[] {
  const { document, report, hasToken } = rules
  return (Array.isArray(list) ? list : []).filter((each, index) => {
    const parameter = resolved(each, document)
    const at = `${place}/parameters/${index}`
    const name = typeof parameter.name === 'string' ? parameter.name.toLowerCase() : ''
    if (parameter.in === 'cookie') {
      report(at, `The cookie ${quoted(name)}`, 'It is left out; give a Cookie header of your own where one is needed.')
      return false
    }
    if (typeof parameter.in === 'string' && !places.has(parameter.in)) {
      report(at, `A parameter in "${quoted(parameter.in)}"`, 'It is left out.')
      return false
    }
    if (parameter.in === 'header' && (otherMeans.has(name) || (hasToken && name === 'authorization'))) return false
    reportStyle(parameter, at, report)
    return true
  })
}

/** Placeholders of a path that no parameter declares. */
export function undeclared(path: string, parameters: readonly JsonTree[], document: JsonObject): JsonObject[] {
  const declared = new Set(
    parameters.map((each) => resolved(each, document)).map((each) => (each.in === 'path' ? each.name : undefined)),
  )
  const names = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name!))
  return [...names]
    .filter((name) => !declared.has(name))
    .map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
}
