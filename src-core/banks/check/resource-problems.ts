/** Whether what bank.yaml says of consents, payments and the like names calls, parameters and statuses that exist. */
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { type CheckedBank, hint, repeated } from './checked-bank.ts'
import { followed, inside, type Json, objectOf } from './json-document.ts'
import type { Problem } from './problem.ts'

type Path = readonly PropertyKey[]

const at = (message: string, ...path: Path): Problem => ({
  message,
  file: 'bank.yaml',
  place: inside('#', 'resources', ...path),
})

/** Every call a resource names, with its place. */
function callsOf(resource: ResourceProfile, index: number): [name: string, path: Path][] {
  const { create, read, status, authorisations } = resource
  const own: [string | undefined, Path][] = [
    [create, [index, 'create']],
    [read, [index, 'read']],
    [status, [index, 'status']],
    [resource.delete?.operation, [index, 'delete', 'operation']],
    [resource.sign, [index, 'sign']],
  ]
  const theirs = authorisations.flatMap((calls, which) =>
    (['start', 'list', 'status', 'update'] as const).map((key): [string | undefined, Path] => [
      calls[key],
      [index, 'authorisations', which, key],
    ]),
  )
  return [...own, ...theirs].flatMap(([name, path]): [string, Path][] => (name === undefined ? [] : [[name, path]]))
}

function vocabularyProblems({ bank }: CheckedBank, resource: ResourceProfile, index: number): Problem[] {
  const { statuses } = bank.profile
  const known = Object.keys(statuses)
  const named: [string, Path][] = [
    [resource.vocabulary, [index, 'vocabulary']],
    ...resource.authorisations.map(({ vocabulary }, which): [string, Path] => [
      vocabulary,
      [index, 'authorisations', which, 'vocabulary'],
    ]),
  ]
  const unknown = named
    .filter(([name]) => !known.includes(name))
    .map(([name, path]) => at(`There are no statuses ${name}. ${hint(name, known)}`, ...path))
  const codes = statuses[resource.vocabulary]?.map(({ code }) => code)
  const reached: [string | undefined, Path][] = [
    [resource.active, [index, 'active']],
    [resource.delete?.gives, [index, 'delete', 'gives']],
  ]
  const strange = reached.flatMap(([code, path]) =>
    code === undefined || codes === undefined || codes.includes(code)
      ? []
      : [at(`${code} is no status of ${resource.vocabulary}. ${hint(code, codes)}`, ...path)],
  )
  return [...unknown, ...strange]
}

/** The id has to go into the calls about it: by a parameter that one of them takes. */
function parameterProblems({ bank }: CheckedBank, resource: ResourceProfile, index: number): Problem[] {
  const names = (operations: CheckedBank['bank']['operations']) => [
    ...new Set(operations.flatMap(({ parameters }) => parameters.map(({ name }) => name))),
  ]
  const taken = (calls: readonly string[]) => names(bank.operations.filter(({ id }) => calls.includes(id)))
  const isIn = (list: readonly string[], name: string) =>
    list.some((other) => other.toLowerCase() === name.toLowerCase())
  // Where the bank's document has no other call about it, its answers link to what is.
  const alone = callsOf(resource, index).every(([name]) => name === resource.create)
  const known = names(bank.operations)
  const own = resource.parameters.flatMap((name, which) =>
    alone || isIn(known, name) ? [] : [at(`No call takes ${name}. ${hint(name, known)}`, index, 'parameters', which)],
  )
  const theirs = resource.authorisations.flatMap(({ start, list, status, update, parameter }, which) => {
    const calls = [start, list, status, update].filter((name) => name !== undefined)
    const possible = taken(calls)
    if (isIn(possible, parameter)) return []
    const message = `No call of its authorisations takes ${parameter}. ${hint(parameter, possible)}`
    return [at(message, index, 'authorisations', which, 'parameter')]
  })
  const pair =
    (resource.id === undefined) === (resource.parameters.length === 0)
      ? []
      : [at('An id needs a parameter that calls take it by, and a parameter an id. Give both or neither.', index, 'id')]
  return [...pair, ...own, ...theirs]
}

/** What limits the use is read from the body of the creation. */
function limitProblems({ bank, files }: CheckedBank, resource: ResourceProfile, index: number): Problem[] {
  const body = bank.operations.find(({ id }) => id === resource.create)?.body?.schema
  if (body === undefined) return []
  const fields = Object.keys(objectOf(followed(files.openapi, body as Json).properties))
  return Object.entries(resource.limits).flatMap(([limit, field]) =>
    field === undefined || fields.length === 0 || fields.includes(field)
      ? []
      : [at(`The body of ${resource.create} has no field ${field}. ${hint(field, fields)}`, index, 'limits', limit)],
  )
}

/** Path parameters and their values, as `when` of a kind or of a form names them. */
function whenProblems(
  { bank }: CheckedBank,
  create: string,
  when: Readonly<Record<string, readonly string[]>>,
  path: Path,
): Problem[] {
  const parameters = bank.operations.find(({ id }) => id === create)?.parameters
  if (parameters === undefined) return []
  const inPath = parameters.filter((each) => each.in === 'path')
  return Object.entries(when).flatMap(([name, values]) => {
    const parameter = inPath.find((each) => each.name === name)
    if (parameter === undefined) {
      const known = inPath.map((each) => each.name)
      return [at(`The path of ${create} has no ${name}. ${hint(name, known)}`, ...path, 'when', name)]
    }
    const allowed: unknown = parameter.schema.enum
    const offered = Array.isArray(allowed) ? (allowed as unknown[]).map(String) : values
    return values
      .filter((value) => !offered.includes(value))
      .map((value) => at(`${value} is no value of ${name}. ${hint(value, offered)}`, ...path, 'when', name))
  })
}

/** A form shows fields of the body: a pointer that leads nowhere would change nothing, and nobody would notice. */
function shapeProblems(checked: CheckedBank, resource: ResourceProfile, index: number): Problem[] {
  const { bank, files } = checked
  const { create, when, shapes, members } = resource
  const body = bank.operations.find(({ id }) => id === create)?.body
  const leads = (pointer: string): boolean => {
    let schema = followed(files.openapi, body?.schema as Json)
    for (const name of pointer.slice(1).split('/')) {
      const { properties } = schema
      if (properties === undefined) return false
      const next = objectOf(properties)[name]
      if (next === undefined) return false
      schema = followed(files.openapi, next as Json)
    }
    return true
  }
  const wrong = (pointers: readonly string[], ...path: Path) =>
    body === null || body === undefined
      ? []
      : pointers
          .filter((pointer) => !leads(pointer))
          .map((pointer) => at(`The body of ${create} has no ${pointer}.`, index, ...path))
  const names = body?.examples?.map(({ name }) => name) ?? []
  return [
    ...whenProblems(checked, create, when, [index]),
    ...(members === undefined ? [] : wrong([members.at], 'members', 'at')),
    ...shapes.flatMap((shape, which) => [
      ...whenProblems(checked, create, shape.when, [index, 'shapes', which]),
      ...wrong(shape.required, 'shapes', which, 'required'),
      ...wrong(shape.without, 'shapes', which, 'without'),
      ...(shape.example === undefined || names.includes(shape.example)
        ? []
        : [
            at(
              `The body of ${create} has no example ${shape.example}. ${hint(shape.example, names)}`,
              index,
              'shapes',
              which,
              'example',
            ),
          ]),
    ]),
  ]
}

export function resourceProblems(checked: CheckedBank): Problem[] {
  const resources = checked.bank.profile.resources ?? []
  const known = [...checked.operationIds]
  const twice = repeated(resources.map(({ kind }) => kind)).map(({ value, index }) =>
    at(`${value} stands twice. Its calls could not be told apart: keep one.`, index, 'kind'),
  )
  const each = resources.flatMap((resource, index) => [
    ...callsOf(resource, index)
      .filter(([name]) => !checked.operationIds.has(name))
      .map(([name, path]) => at(`There is no operation ${name}. ${hint(name, known)}`, ...path)),
    ...vocabularyProblems(checked, resource, index),
    ...parameterProblems(checked, resource, index),
    ...limitProblems(checked, resource, index),
    ...shapeProblems(checked, resource, index),
  ])
  return [...twice, ...each]
}
