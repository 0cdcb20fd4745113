/** Whether every example of openapi.yaml is valid against the schema it shows, or is known to be the document's own mistake. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import type { CheckedBank } from './checked-bank.ts'
import {
  inside,
  isObject,
  type Json,
  type JsonObject,
  objectOf,
  textOf,
  valueAt,
  walkKeywords,
} from './json-document.ts'
import type { Problem } from './problem.ts'

const file = 'openapi.yaml'
const key = 'x-tpp-seed-mistakes'

/** The types of ajv-formats name the module where its code gives the function. */
const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void

interface Example {
  /** Place of the schema. */
  readonly schema: string
  /** Place of the value. */
  readonly place: string
  readonly value: Json
}

/** Parameters, headers and media types have examples beside their schema; a schema has its own. */
function examplesAt(at: JsonObject, place: string, document: Json): Example[] {
  const own = Array.isArray(at.examples)
    ? at.examples.map((value, index) => ({ schema: place, place: inside(place, 'examples', index), value }))
    : []
  const schema = inside(place, 'schema')
  if (at.schema === undefined) {
    // What has neither is a parameter with `content`, whose media types are visited for themselves.
    const isSchema = at.type !== undefined || at.properties !== undefined || at.enum !== undefined
    const single =
      isSchema && at.example !== undefined
        ? [{ schema: place, place: inside(place, 'example'), value: at.example }]
        : []
    return [...own, ...single]
  }
  const single = at.example === undefined ? [] : [{ schema, place: inside(place, 'example'), value: at.example }]
  const named = Object.entries(objectOf(at.examples)).flatMap(([name, example]) => {
    const reference = isObject(example) ? textOf(example.$ref) : null
    const target = reference === null ? example : valueAt(document, reference)
    const valuePlace = inside(reference ?? inside(place, 'examples', name), 'value')
    return isObject(target) && target.value !== undefined ? [{ schema, place: valuePlace, value: target.value }] : []
  })
  return [...single, ...named]
}

/** The places where the bank's document itself is wrong, and what is wrong with the list of them. */
function knownMistakes(document: Json): { places: string[]; problems: Problem[] } {
  const list = objectOf(document)[key] ?? []
  const entries = Array.isArray(list) ? list.map((entry) => objectOf(entry)) : []
  const problems = entries.flatMap((entry, index) =>
    ['at', 'reason'].some((name) => (textOf(entry[name])?.trim() ?? '') === '') || entry.printed === undefined
      ? [
          {
            message: `Entry ${index + 1} of ${key} needs at, printed and reason.`,
            file,
            place: inside('#', key, index),
          },
        ]
      : [],
  )
  for (const [index, entry] of entries.entries()) {
    // In words, or by its place.
    const at = textOf(entry.at) ?? ''
    if (!at.startsWith('#') || valueAt(document, at) !== undefined) continue
    problems.push({ message: `Nothing is at ${at}. Correct the place.`, file, place: inside('#', key, index, 'at') })
  }
  if (!Array.isArray(list))
    problems.push({ message: `${key} is a list of at, printed and reason.`, file, place: inside('#', key) })
  return { places: entries.flatMap((entry) => textOf(entry.at) ?? []), problems }
}

export function exampleProblems({ files: { openapi } }: CheckedBank): Problem[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, logger: false })
  addFormats(ajv)
  const { places, problems } = knownMistakes(openapi)
  const examples: Example[] = []
  walkKeywords(openapi, (at, place) => examples.push(...examplesAt(at, place, openapi)))
  if (examples.length === 0) return problems
  try {
    ajv.addSchema(objectOf(openapi), file)
  } catch (cause) {
    return [{ message: `The schemas cannot be read: ${(cause as Error).message}`, file, place: null }]
  }
  for (const example of examples) {
    const listed = places.some((at) => example.place === at || example.place.startsWith(`${at}/`))
    const mistakes = listed ? [] : mistakesOf(ajv, example)
    problems.push(...mistakes.map((message) => ({ message, file, place: example.place })))
  }
  return problems
}

function mistakesOf(ajv: Ajv2020, { schema, value }: Example): string[] {
  try {
    const validate = ajv.getSchema(file + schema)
    if (validate === undefined) return ['The schema of this example is not found.']
    if (validate(value)) return []
    return (validate.errors ?? []).map(
      (error) =>
        `The example does not fit its schema: ${error.instancePath || 'it'} ${error.message}. Correct one of the two.`,
    )
  } catch (cause) {
    return [`The schema of this example cannot be used: ${(cause as Error).message}`]
  }
}
