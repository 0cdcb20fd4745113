/** Whether what bank.yaml says of accounts and funds names calls and parameters that exist, and places that answers have. */
import type { AccountProfile, FundsProfile, Places } from '#shared/account-profile.ts'
import { type CheckedBank, hint } from './checked-bank.ts'
import { followed, inside, isObject, type Json, type JsonObject, objectOf, ownValue } from './json-document.ts'
import type { Problem } from './problem.ts'

type Path = readonly PropertyKey[]

const at = (message: string, ...path: Path): Problem => ({ message, file: 'bank.yaml', place: inside('#', ...path) })
const listOf = (places: Places): readonly string[] => (typeof places === 'string' ? [places] : places)
const keysOf = (pointer: string): string[] =>
  pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))

/** A schema as a list of what describes it: itself, and what it is composed of. */
function shapes(document: Json, schema: Json | undefined, depth = 0): JsonObject[] {
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
function answerOf({ files, printed }: CheckedBank, operation: string): JsonObject[] | undefined {
  const node = printed.find(({ operations }) => operations.some(({ id }) => id === operation))?.node
  const good = Object.entries(objectOf(node?.responses)).find(([status]) => status.startsWith('2'))?.[1]
  const content = objectOf(followed(files.openapi, good).content)
  const json = Object.entries(content).find(([type]) => /json/i.test(type))?.[1]
  const schema = objectOf(json).schema
  return schema === undefined ? undefined : shapes(files.openapi, schema)
}

/** Collects what is wrong with the places one part of the profile names. */
function placeChecker(checked: CheckedBank) {
  const problems: Problem[] = []
  const place = (schemas: JsonObject[] | undefined, places: Places | undefined, ...path: Path) => {
    if (places === undefined) return undefined
    const reached = listOf(places).map((pointer) => ({ pointer, ...reach(checked.files.openapi, schemas, pointer) }))
    // Of several places one may be of another bank's answers; all of them missing is a mistake.
    const first = reached[0]
    if (first?.lost !== undefined && reached.every(({ lost }) => lost !== undefined)) {
      const { key, known } = first.lost
      problems.push(at(`Nothing that is described has ${key} at ${first.pointer}. ${hint(key, known)}`, ...path))
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

function accountPlaces(checked: CheckedBank, profile: AccountProfile): Problem[] {
  const { list, details, balances, transactions } = profile
  const { problems, place, members, entries } = placeChecker(checked)
  const account = entries(place(answerOf(checked, list.operation), list.items, 'accounts', 'list', 'items'))
  members(account, profile.members, 'accounts', 'members')
  members(account, profile.links ?? {}, 'accounts', 'links')
  if (details) place(answerOf(checked, details.operation), details.at, 'accounts', 'details', 'at')
  if (balances) {
    const items = place(answerOf(checked, balances.operation), balances.items, 'accounts', 'balances', 'items')
    members(entries(items), balances.members, 'accounts', 'balances', 'members')
  }
  if (!transactions) return problems
  const { ways, lists, details: one } = transactions
  const answer = answerOf(checked, ways[0]!.operation)
  const booked = place(answer, lists.booked, 'accounts', 'transactions', 'lists', 'booked')
  place(answer, lists.pending, 'accounts', 'transactions', 'lists', 'pending')
  place(answer, lists.information, 'accounts', 'transactions', 'lists', 'information')
  members(entries(booked), transactions.members, 'accounts', 'transactions', 'members')
  for (const [index, { operation, paging }] of ways.entries())
    if (paging !== undefined && 'at' in paging)
      place(answerOf(checked, operation), paging.at, 'accounts', 'transactions', 'ways', index, 'paging', 'at')
  if (one) place(answerOf(checked, one.operation), one.at, 'accounts', 'transactions', 'details', 'at')
  return problems
}

type Named = readonly [name: string, path: Path]

/** Every call, each with the parameters it has to take. */
function callsOf(profile: AccountProfile): { readonly call: Named; readonly takes: readonly Named[] }[] {
  const { list, parameter, details, balances, transactions } = profile
  const own: Named = [parameter, ['accounts', 'parameter']]
  const { ways = [], span, choice, details: one } = transactions ?? {}
  const within: Path = ['accounts', 'transactions']
  const spoken: Named[] = [
    ...(span ? [[span.from, [...within, 'span', 'from']] as const, [span.to, [...within, 'span', 'to']] as const] : []),
    ...(choice ? [[choice.parameter, [...within, 'choice', 'parameter']] as const] : []),
  ]
  const paged = ways.map(({ operation, paging }, index) => {
    const path = [...within, 'ways', index]
    const names: Named[] =
      paging === undefined || paging.by === 'link' ? [] : [[paging.parameter, [...path, 'paging', 'parameter']]]
    const size = paging !== undefined && paging.by !== 'link' ? paging.size : undefined
    if (size) names.push([size.parameter, [...path, 'paging', 'size', 'parameter']])
    return { call: [operation, [...path, 'operation']] as Named, takes: [own, ...spoken, ...names] }
  })
  return [
    { call: [list.operation, ['accounts', 'list', 'operation']], takes: [] },
    ...(details ? [{ call: [details.operation, ['accounts', 'details', 'operation']] as Named, takes: [own] }] : []),
    ...(balances ? [{ call: [balances.operation, ['accounts', 'balances', 'operation']] as Named, takes: [own] }] : []),
    ...paged,
    ...(one
      ? [
          {
            call: [one.operation, [...within, 'details', 'operation']] as Named,
            takes: [own, [one.parameter, [...within, 'details', 'parameter']] as const],
          },
        ]
      : []),
  ]
}

/** A name that no call of several takes is told once. */
function nameProblems({ bank, operationIds }: CheckedBank, calls: ReturnType<typeof callsOf>): Problem[] {
  const told = new Set<string>()
  return calls.flatMap(({ call: [name, path], takes }) => {
    if (!operationIds.has(name)) return [at(`There is no operation ${name}. ${hint(name, operationIds)}`, ...path)]
    const known = bank.operations.find(({ id }) => id === name)?.parameters.map((parameter) => parameter.name) ?? []
    return takes.flatMap(([parameter, where]) => {
      if (known.includes(parameter) || told.has(String(where))) return []
      told.add(String(where))
      return [at(`${name} takes no ${parameter}. ${hint(parameter, known)}`, ...where)]
    })
  })
}

function fundsProblems(checked: CheckedBank, profile: FundsProfile): Problem[] {
  const { operation, consent } = profile
  const call: Named = [operation, ['fundsConfirmation', 'operation']]
  const takes: Named[] = consent === undefined ? [] : [[consent, ['fundsConfirmation', 'consent']]]
  const names = nameProblems(checked, [{ call, takes }])
  const found = checked.bank.operations.find(({ id }) => id === operation)
  if (found === undefined) return names
  const { problems, place } = placeChecker(checked)
  const body = found.body?.schema === undefined ? undefined : shapes(checked.files.openapi, found.body.schema as Json)
  place(body, profile.account, 'fundsConfirmation', 'account')
  place(body, profile.amount, 'fundsConfirmation', 'amount')
  place(body, profile.currency, 'fundsConfirmation', 'currency')
  place(answerOf(checked, operation), profile.available, 'fundsConfirmation', 'available')
  return [...names, ...problems]
}

export function accountProblems(checked: CheckedBank): Problem[] {
  const { accounts, fundsConfirmation } = checked.bank.profile
  return [
    ...(accounts === undefined
      ? []
      : [...nameProblems(checked, callsOf(accounts)), ...accountPlaces(checked, accounts)]),
    ...(fundsConfirmation === undefined ? [] : fundsProblems(checked, fundsConfirmation)),
  ]
}
