/** Leaves of a schema what our validator can take, and says what was left out. */
import { importLimits, quoted } from './import-limits.ts'
import { isObject, type JsonObject, type JsonTree, textOf } from './json-tree.ts'
import { isExpression, mayRunLong } from './slow-pattern.ts'

export type Report = (place: string, what: string, effect: string) => void

/** Keys that change what references mean: every reference here is one into the components. */
const identities = ['$id', '$schema', '$anchor', '$dynamicAnchor', '$dynamicRef', '$recursiveRef', '$recursiveAnchor']

function problemOf(pattern: JsonTree): string | null {
  if (typeof pattern !== 'string') return 'is no text'
  if (pattern.length > importLimits.pattern) return `is longer than ${importLimits.pattern} characters`
  if (!isExpression(pattern)) return 'is no regular expression of JavaScript'
  return mayRunLong(pattern) ? 'could take very long on some values' : null
}

function withoutBadPatterns(schema: JsonObject, place: string, report: Report): JsonObject {
  const { pattern, patternProperties, ...rest } = schema
  const result: JsonObject = rest
  const said = (text: JsonTree, problem: string) =>
    report(place, `The pattern ${quoted(textOf(text))} ${problem}`, 'Values are not checked against it.')
  if (pattern !== undefined) {
    const problem = problemOf(pattern)
    if (problem === null) result.pattern = pattern
    else said(pattern, problem)
  }
  if (isObject(patternProperties)) {
    const good = Object.entries(patternProperties).filter(([name]) => {
      const problem = problemOf(name)
      if (problem !== null) said(name, problem)
      return problem === null
    })
    result.patternProperties = Object.fromEntries(good)
    if (good.length < Object.keys(patternProperties).length) delete result.additionalProperties
  }
  return result
}

/** One schema without its children. */
export function adaptSchema(schema: JsonTree, place: string, report: Report): JsonTree {
  if (!isObject(schema)) return schema
  const kept: JsonObject = { ...schema }
  for (const key of identities) {
    if (!Object.hasOwn(kept, key)) continue
    delete kept[key]
    if (key.includes('ynamic') || key.includes('ecursive'))
      report(place, `${key} of JSON Schema`, 'What it would have added is not checked.')
  }
  if (kept.xml !== undefined) delete kept.xml
  return kept.pattern === undefined && kept.patternProperties === undefined
    ? kept
    : withoutBadPatterns(kept, place, report)
}
