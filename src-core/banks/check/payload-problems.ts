/** Whether a body with expressions in it (Arazzo) has the fields of a schema: the names, the required ones, the literal values. */
import { followed, isObject, type Json, type JsonObject, objectOf, objectsOf, textsOf } from './json-document.ts'

/** A value that is there only when the journey runs. */
const isExpression = (value: Json): boolean =>
  typeof value === 'string' && /\$(inputs|steps|workflows|response|statusCode)\b/.test(value)

interface Fields {
  readonly properties: JsonObject
  readonly required: readonly string[]
  /** Whether fields of other names are welcome. */
  readonly open: boolean
}

/** The fields of an object schema with those of its `allOf`. */
function fieldsOf(schema: JsonObject, document: Json): Fields {
  const parts = [schema, ...objectsOf(schema.allOf).map((part) => followed(document, part))]
  return {
    properties: Object.assign({}, ...parts.map((part) => objectOf(part.properties))) as JsonObject,
    required: parts.flatMap((part) => textsOf(part.required)),
    open:
      parts.every((part) => part.properties === undefined) ||
      parts.some((part) => part.additionalProperties === true || isObject(part.additionalProperties)),
  }
}

function objectProblems(value: JsonObject, schema: JsonObject, document: Json, path: string): string[] {
  const { properties, required, open } = fieldsOf(schema, document)
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
  const problems = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `does not give the field ${at(name)}, which the body needs. Add it.`)
  for (const [name, each] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (property !== undefined) problems.push(...problemsOf(each, property, document, at(name)))
    else if (!open)
      problems.push(`gives the field ${at(name)}, which the body does not have. Correct its name or leave it out.`)
  }
  return problems
}

function problemsOf(value: Json, of: Json, document: Json, path: string): string[] {
  if (isExpression(value)) return []
  const schema = followed(document, of)
  const alternatives = [...objectsOf(schema.oneOf), ...objectsOf(schema.anyOf)]
  if (alternatives.length > 0) {
    const attempts = alternatives.map((alternative) => problemsOf(value, alternative, document, path))
    return attempts.toSorted((one, other) => one.length - other.length)[0] ?? []
  }
  const choices = Array.isArray(schema.enum) ? schema.enum : []
  if (choices.length > 0 && !choices.some((choice) => JSON.stringify(choice) === JSON.stringify(value))) {
    return [
      `gives ${path} the value ${JSON.stringify(value)}, which is none of ${choices.slice(0, 8).map(String).join(', ')}.`,
    ]
  }
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => problemsOf(each, objectOf(schema.items), document, `${path}[${index}]`))
  }
  return isObject(value) ? objectProblems(value, schema, document, path) : []
}

export const bodyProblems = (payload: Json, schema: JsonObject, document: Json): string[] =>
  problemsOf(payload, schema, document, '')
