/** Whether places that bank.yaml names are in the answers openapi.yaml describes, and the calls and parameters it names exist. */
import type { Places } from '#shared/account-profile.ts'
import { type CheckedBank, hint } from './checked-bank.ts'
import { followed, inside, isObject, type Json, type JsonObject, objectOf, ownValue } from './json-document.ts'
import type { Problem } from './problem.ts'

export type Path = readonly PropertyKey[]

export const problemAt = (message: string, ...path: Path): Problem => ({
  message,
  file: 'bank.yaml',
  place: inside('#', ...path),
})
const listOf = (places: Places): readonly string[] => (typeof places === 'string' ? [places] : places)
const keysOf = (pointer: string): string[] =>
  pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))

/** A schema as a list of what describes it: itself, and what it is composed of. */
export function shapes(document: Json, schema: Json | undefined, depth = 0): JsonObject[] {
  const own = followed(document, schema)
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((key) => {
    const list = own[key]
    return Array.isArray(list) && depth < 20 ? list.flatMap((part) => shapes(document, part, depth + 1)) : []
  })
  return [own, ...parts]
}

/** Schema of a member; undefined where the schema says nothing of its members, null where it has others and not this one. */
function memberOf(document: Json, schemas: readonly JsonObject[], key: string): JsonObject[] | null | undefined {
  const named = schemas.filter((schema) => isObject(schema.properties))
  if (named.length === 0) return undefined
  const found = named.flatMap((schema) => {
    const member = ownValue(schema.properties, key)
    return member === undefined ? [] : shapes(document, member)
  })
  return found.length > 0 ? found : null
}

interface Reach {
  /** Schemas at the end; undefined where nothing is said that could be wrong. */
  readonly schemas: JsonObject[] | undefined
  /** The part nobody has, with what stands in its place. */
  readonly lost?: { readonly key: string; readonly known: readonly string[] }
}

function reach(document: Json, from: readonly JsonObject[] | undefined, pointer: string): Reach {
  let schemas = from === undefined ? undefined : [...from]
  for (const key of keysOf(pointer)) {
    if (schemas === undefined) return { schemas }
    const next = memberOf(document, schemas, key)
    if (next === null)
      return {
        schemas: undefined,
        lost: { key, known: schemas.flatMap((one) => Object.keys(objectOf(one.properties))) },
      }
    schemas = next
  }
  return { schemas }
}

const entriesOf = (document: Json, schemas: JsonObject[] | undefined): JsonObject[] | undefined => {
  const items = schemas?.flatMap((schema) => (schema.items === undefined ? [] : shapes(document, schema.items)))
  return items === undefined || items.length === 0 ? undefined : items
}

/** Schema of the JSON of a good answer; undefined where none is described. */
export function answerOf({ files, printed }: CheckedBank, operation: string): JsonObject[] | undefined {
  const node = printed.find(({ operations }) => operations.some(({ id }) => id === operation))?.node
  const good = Object.entries(objectOf(node?.responses)).find(([status]) => status.startsWith('2'))?.[1]
  const content = objectOf(followed(files.openapi, good).content)
  const json = Object.entries(content).find(([type]) => /json/i.test(type))?.[1]
  const schema = objectOf(json).schema
  return schema === undefined ? undefined : shapes(files.openapi, schema)
}

/** Collects what is wrong with the places one part of the profile names. */
export function placeChecker(checked: CheckedBank) {
  const problems: Problem[] = []
  const place = (schemas: JsonObject[] | undefined, places: Places | undefined, ...path: Path) => {
    if (places === undefined) return undefined
    const reached = listOf(places).map((pointer) => ({ pointer, ...reach(checked.files.openapi, schemas, pointer) }))
    // Of several places one may be of another bank's answers; all of them missing is a mistake.
    const first = reached[0]
    if (first?.lost !== undefined && reached.every(({ lost }) => lost !== undefined)) {
      const { key, known } = first.lost
      problems.push(problemAt(`Nothing that is described has ${key} at ${first.pointer}. ${hint(key, known)}`, ...path))
    }
    return first?.schemas
  }
  const members = (
    schemas: JsonObject[] | undefined,
    named: Readonly<Record<string, Places | undefined>>,
    ...path: Path
  ) => {
    for (const [name, places] of Object.entries(named)) place(schemas, places, ...path, name)
  }
  return { problems, place, members, entries: (schemas?: JsonObject[]) => entriesOf(checked.files.openapi, schemas) }
}

export type Named = readonly [name: string, path: Path]

/** A call with the parameters it has to take. */
export interface NamedCall {
  readonly call: Named
  readonly takes: readonly Named[]
}

/** A name that no call of several takes is told once. */
export function nameProblems({ bank, operationIds }: CheckedBank, calls: readonly NamedCall[]): Problem[] {
  const told = new Set<string>()
  return calls.flatMap(({ call: [name, path], takes }) => {
    if (!operationIds.has(name))
      return [problemAt(`There is no operation ${name}. ${hint(name, operationIds)}`, ...path)]
    const known = bank.operations.find(({ id }) => id === name)?.parameters.map((parameter) => parameter.name) ?? []
    return takes.flatMap(([parameter, where]) => {
      if (known.includes(parameter) || told.has(String(where))) return []
      told.add(String(where))
      return [problemAt(`${name} takes no ${parameter}. ${hint(parameter, known)}`, ...where)]
    })
  })
}
