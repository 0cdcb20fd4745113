/** Asks the other areas for what they know about one call, and for no more than is needed. */
import { headerOf, nothingAround, type Surroundings } from './call-facts.ts'
import type { CallKnowledge, RememberedResource } from './call-knowledge.ts'
import { organisationField } from './organisation-field.ts'
import type { Prepared } from './prepared.ts'

/** Answers of the past that are searched for an id. */
const searchedAnswers = 15

/** Values of the operation's parameters as the call has them: of the draft, else of the environment; by declared name. */
export function parameterValues({ draft, operation, headers }: Prepared): Record<string, string> {
  const given = Object.entries(draft.parameters)
  const values: Record<string, string> = {}
  for (const { name, wireName, in: place, value } of operation.parameters) {
    const same = (other: string) =>
      other === name || other === wireName || (place === 'header' && other.toLowerCase() === name.toLowerCase())
    const own = given.find(([other]) => same(other))?.[1]
    const found = own ?? (place === 'header' ? headerOf(headers, wireName) : null) ?? value
    if (found !== null) values[name] = found
  }
  return values
}

interface Asked {
  readonly kinds: readonly string[]
  readonly id: string
}

/** Ids in the call of what the bank's data says is created here. */
function namedResources({ bank, operation, headers }: Prepared, values: Readonly<Record<string, string>>): Asked[] {
  const asked = new Map<string, string[]>()
  for (const { kind, parameters, create } of bank.profile.resources ?? []) {
    if (create === operation.id && parameters.every((name) => headerOf(headers, name) === null)) continue
    for (const name of parameters) {
      const id = values[name] ?? headerOf(headers, name)
      if (id !== null && id !== undefined) asked.set(id, [...(asked.get(id) ?? []), kind])
    }
  }
  return [...asked].map(([id, kinds]) => ({ id, kinds }))
}

async function findResources(prepared: Prepared, knowledge: CallKnowledge) {
  const { bank, environment } = prepared
  const asked = namedResources(prepared, parameterValues(prepared))
  const resources: RememberedResource[] = []
  const unknownIds: string[] = []
  for (const { id, kinds } of asked) {
    const found = await Promise.all(kinds.map((kind) => knowledge.resource(bank.id, environment.id, kind, id)))
    const known = found.filter((record) => record !== null)
    if (known.length === 0) unknownIds.push(id)
    resources.push(...known)
  }
  return { resources, unknownIds }
}

/** Only calls that name a redirect URI, or that register, are compared with a registration. */
function findRegistration({ bank, environment, operation, identity, body }: Prepared, knowledge: CallKnowledge) {
  const registers = bank.profile.registration?.operation === operation.id
  const redirects = body?.includes('redirect_uri=') === true
  const client = identity?.organizationIdentifier
  if (client == null || !(redirects || (registers && organisationField(bank) !== null))) return null
  return knowledge.registration(bank.id, environment.id, client)
}

/** A test certificate does no harm in a sandbox: only what goes to production is held against where its identity belongs. */
function findPlaces({ bank, environment, identity }: Prepared, knowledge: CallKnowledge) {
  if (identity === null || environment.kind !== 'production') return null
  return knowledge.places?.(identity, bank.id, environment.id) ?? null
}

async function findEarlier({ bank, environment }: Prepared, knowledge: CallKnowledge) {
  const earlier = await knowledge.earlier(bank.id, environment.id)
  const answered = earlier.filter(({ status }) => status !== null && status >= 200 && status < 300)
  const read = answered.slice(0, searchedAnswers).map(async ({ id }) => [id, await knowledge.bodies(id)] as const)
  const found = (await Promise.all(read)).filter(
    (entry): entry is [string, NonNullable<(typeof entry)[1]>] => entry[1] !== null,
  )
  return { earlier, bodies: new Map(found) }
}

/** @param history whether history is looked into, which costs more than the rest. */
export async function lookUp(
  prepared: Prepared,
  knowledge: CallKnowledge | undefined,
  history: boolean,
): Promise<Surroundings> {
  if (knowledge === undefined) return nothingAround
  // What others keep may be damaged or locked: then it is not known, and the call goes on.
  const [about, registration, places, before] = await Promise.all([
    findResources(prepared, knowledge).catch(() => ({ resources: [], unknownIds: [] })),
    Promise.resolve(findRegistration(prepared, knowledge)).catch(() => null),
    Promise.resolve(findPlaces(prepared, knowledge)).catch(() => null),
    history ? findEarlier(prepared, knowledge).catch(() => null) : null,
  ])
  const { earlier, bodies } = before ?? nothingAround
  return { ...about, registration, places, earlier, bodies }
}
