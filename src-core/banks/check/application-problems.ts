/** Whether what bank.yaml says of applications names calls, statuses and members of answers that exist. */
import { type ApplicationProfile, operationsOfApplications } from '#shared/application-profile.ts'
import { type CheckedBank, hint, repeated } from './checked-bank.ts'
import { followed, inside, isObject, type Json, type JsonObject, objectOf } from './json-document.ts'
import type { Problem } from './problem.ts'

type Path = readonly PropertyKey[]

const at = (message: string, ...path: Path): Problem => ({
  message,
  file: 'bank.yaml',
  place: inside('#', 'applications', ...path),
})

function unknownOperations({ operationIds }: CheckedBank, profile: ApplicationProfile): Problem[] {
  const known = [...operationIds]
  return operationsOfApplications(profile)
    .filter(([name]) => !operationIds.has(name))
    .map(([name, path]) => at(`There is no operation ${name}. ${hint(name, known)}`, ...path))
}

function kindProblems({ bank }: CheckedBank, { kinds, order }: ApplicationProfile): Problem[] {
  const known = (bank.profile.resources ?? []).map(({ kind }) => kind)
  const unknown = kinds.flatMap(({ kind }, index) =>
    known.includes(kind)
      ? []
      : [at(`Resources has no ${kind}, where its calls and its status are named.`, 'kinds', index, 'kind')],
  )
  const twice = repeated(kinds.map(({ kind }) => kind)).map(({ value, index }) =>
    at(`${value} stands twice. Keep one.`, 'kinds', index, 'kind'),
  )
  const ordered = kinds.findIndex(({ sign }) => sign.some(({ how }) => how === 'order'))
  const shapeless =
    ordered >= 0 && order === undefined
      ? [at('An order is polled, and nothing says how its answers look. Add order.', 'kinds', ordered, 'sign')]
      : []
  return [...unknown, ...twice, ...shapeless]
}

/** The statuses of every kind: a diagram is drawn of all of them. */
function statusProblems({ bank }: CheckedBank, profile: ApplicationProfile): Problem[] {
  const { statuses, resources = [] } = bank.profile
  const mine = resources.filter(({ kind }) => profile.kinds.some((each) => each.kind === kind))
  const codes = [...new Set(mine.flatMap(({ vocabulary }) => statuses[vocabulary]?.map(({ code }) => code) ?? []))]
  const named: [string, Path][] = [
    [profile.start, ['start']],
    ...profile.transitions.flatMap(({ from, to }, index): [string, Path][] => [
      [from, ['transitions', index, 'from']],
      [to, ['transitions', index, 'to']],
    ]),
  ]
  const strange = named
    .filter(([code]) => !codes.includes(code))
    .map(([code, path]) => at(`${code} is no status of an application. ${hint(code, codes)}`, ...path))
  const reached = new Set([profile.start, ...profile.transitions.map(({ to }) => to)])
  const lost = codes
    .filter((code) => !reached.has(code))
    .map((code) => at(`Nothing leads to the status ${code}. Say which status it follows.`, 'transitions'))
  const vocabularies: [string | undefined, Path][] = [
    [profile.order?.statuses, ['order', 'statuses']],
    [profile.order?.hints, ['order', 'hints']],
  ]
  const absent = vocabularies.flatMap(([name, path]) =>
    name === undefined || Object.hasOwn(statuses, name)
      ? []
      : [at(`There are no statuses ${name}. ${hint(name, Object.keys(statuses))}`, ...path)],
  )
  return [...strange, ...lost, ...absent]
}

/** Schemas of the bodies an operation answers with when it succeeds. */
function answerSchemas({ files, printed }: CheckedBank, operation: string): JsonObject[] {
  const node = printed.find(({ operations }) => operations.some(({ id }) => id === operation))?.node
  return Object.entries(objectOf(node?.responses)).flatMap(([status, response]) => {
    if (!status.startsWith('2')) return []
    const content = objectOf(followed(files.openapi, response).content)
    return Object.values(content).flatMap((media) => {
      const schema = followed(files.openapi, objectOf(media).schema)
      return Object.keys(schema).length > 0 ? [schema] : []
    })
  })
}

const partsOf = (pointer: string): string[] =>
  pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** The schema at a pointer of an instance; null where the document describes the way, and not this. */
function schemaAt(document: Json, schema: JsonObject, pointer: string): JsonObject | null {
  let here = schema
  for (const part of partsOf(pointer)) {
    if (!isObject(here.properties)) return {}
    if (!Object.hasOwn(here.properties, part)) return null
    here = followed(document, here.properties[part])
  }
  return here
}

interface Place {
  readonly pointer: string
  readonly path: Path
}

/** Places that no answer of these operations has: one of them is enough, as only some kinds have an offer. */
function missingPlaces(checked: CheckedBank, operations: readonly string[], places: readonly Place[]): Problem[] {
  const schemas = operations.flatMap((operation) => answerSchemas(checked, operation))
  if (schemas.length === 0) return []
  return places.flatMap(({ pointer, path }) =>
    schemas.some((schema) => schemaAt(checked.files.openapi, schema, pointer) !== null)
      ? []
      : [at(`No answer of ${operations.join(', ')} has ${pointer}.`, ...path)],
  )
}

function memberProblems(checked: CheckedBank, profile: ApplicationProfile): Problem[] {
  const { kinds, identification, questions, offer, order, finish, cancel } = profile
  const reads = (checked.bank.profile.resources ?? [])
    .filter(({ kind }) => kinds.some((each) => each.kind === kind))
    .flatMap(({ create, read }) => [create, ...(read === undefined ? [] : [read])])
  const inApplication: Place[] = [
    ...(questions === undefined ? [] : [{ pointer: questions.at, path: ['questions', 'at'] }]),
    ...(offer === undefined ? [] : [{ pointer: offer.at, path: ['offer', 'at'] }]),
    ...(['facts', 'documents'] as const).flatMap((list) =>
      (offer?.[list] ?? []).map(
        (each, index): Place => ({ pointer: `${offer!.at}${each.at}`, path: ['offer', list, index, 'at'] }),
      ),
    ),
  ]
  const orders = kinds.flatMap(({ sign }) => sign.flatMap((way) => (way.how === 'order' ? [way.begin, way.poll] : [])))
  const inOrder: Place[] =
    order === undefined
      ? []
      : (['code', 'token', 'status', 'hint'] as const).map((name) => ({ pointer: order[name], path: ['order', name] }))
  return [
    ...missingPlaces(checked, reads, inApplication),
    ...missingPlaces(checked, orders, inOrder),
    ...identification.flatMap(({ begin, state }, index) =>
      state === undefined
        ? []
        : missingPlaces(checked, [begin], [{ pointer: state.at, path: ['identification', index, 'state', 'at'] }]),
    ),
    ...[finish, cancel].flatMap((end, index) =>
      end === undefined
        ? []
        : missingPlaces(checked, [end.operation], [{ pointer: end.at, path: [['finish', 'cancel'][index]!, 'at'] }]),
    ),
  ]
}

/** What the page returns has to go into the call that ends the identification. */
function returnProblems({ bank, files }: CheckedBank, { identification }: ApplicationProfile): Problem[] {
  return identification.flatMap(({ returns, verify }, way) => {
    const body = bank.operations.find(({ id }) => id === verify)?.body?.schema
    const fields = Object.keys(objectOf(followed(files.openapi, body as Json | undefined).properties))
    if (fields.length === 0) return []
    return returns.flatMap((name, index) =>
      fields.includes(name)
        ? []
        : [
            at(
              `The body of ${verify} has no field ${name}. ${hint(name, fields)}`,
              'identification',
              way,
              'returns',
              index,
            ),
          ],
    )
  })
}

export function applicationProblems(checked: CheckedBank): Problem[] {
  const profile = checked.bank.profile.applications
  if (profile === undefined) return []
  return [unknownOperations, kindProblems, statusProblems, memberProblems, returnProblems].flatMap((find) =>
    find(checked, profile),
  )
}
