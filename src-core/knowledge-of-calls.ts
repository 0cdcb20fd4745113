/** Gathers for the send path what the areas know about calls: remembered consents, registrations, and the history. */

import type { HistoryRow } from '#shared/contract/history.ts'
import type { AccessBooks } from './access/access-books.ts'
import { resourceId } from './access/resource-book.ts'
import type { BankShelf } from './banks/bank-shelf.ts'
import type { EnvironmentOverrides } from './banks/environment-overrides.ts'
import type { ExchangeLog } from './history/exchange-log.ts'
import type { BoundPlace, CallKnowledge } from './requests/call-knowledge.ts'
import { createCallMemory } from './requests/call-memory.ts'

/** The newest calls that are looked at. */
const looked = 60
/** As many of them at a time are asked for. */
const pages = 4

export interface KnowledgeParts {
  readonly access: Pick<AccessBooks, 'resources' | 'registrations' | 'book'>
  readonly log: Pick<ExchangeLog, 'list' | 'show'>
  readonly overrides: Pick<EnvironmentOverrides, 'bound'>
  readonly banks: Pick<BankShelf, 'at'>
}

type Parts = Pick<KnowledgeParts, 'access' | 'overrides' | 'banks'>
type Places = NonNullable<CallKnowledge['places']>

/** By registrations, grants, and what a person set for environments. A bank registers the organisation, whichever its certificate. */
const placesOf =
  ({ access, overrides, banks }: Parts): Places =>
  async ({ id, name, organizationIdentifier }, bank, environment) => {
    const [registrations, grants, bound] = await Promise.all([
      access.registrations.list(),
      access.book.list(),
      overrides.bound(),
    ])
    const isHere = (place: { readonly bank: string; readonly environment: string }) =>
      place.bank === bank && place.environment === environment
    const found = [
      ...bound
        .filter(({ identity }) => [id, name].includes(identity))
        .map((each) => ({ ...each, by: 'environment' as const })),
      ...registrations
        .filter((each) => each.identity === id || (isHere(each) && each.clientId === organizationIdentifier))
        .map((each) => ({ ...each, by: 'registration' as const })),
      ...grants.filter(({ identity }) => identity === id).map((each) => ({ ...each, by: 'grant' as const })),
    ]
    const others = new Map(
      found.filter((each) => !isHere(each)).map((each) => [`${each.bank} ${each.environment}`, each]),
    )
    const elsewhere = [...others.values()].map(async (each): Promise<BoundPlace> => {
      const kind = await banks.at(each.bank, each.environment).then(
        (other) => other.environment(each.environment).kind,
        () => null,
      )
      return { bank: each.bank, environment: each.environment, production: kind === 'production', by: each.by }
    })
    return { here: found.some(isHere), elsewhere: await Promise.all(elsewhere) }
  }

/**
 * History finds a bank's calls at once and their environment row by row: where nearly all are of another one, a search without an end
 * would read them all.
 */
const newestOf =
  (log: Pick<ExchangeLog, 'list'>): CallKnowledge['earlier'] =>
  async (bank, environment) => {
    const found: HistoryRow[] = []
    let before: number | undefined
    for (let page = 0; page < pages && found.length < looked; page++) {
      const rows = await log.list({ bank, limit: looked, ...(before === undefined ? {} : { before }) })
      found.push(...rows.filter((call) => call.environment === environment))
      before = rows.at(-1)?.position
      if (rows.length < looked) break
    }
    return found.slice(0, looked)
  }

/** What cannot be read is not known: a call never fails because of it. */
export function knowledgeOfCalls({ access, log, overrides, banks }: KnowledgeParts): CallKnowledge {
  return {
    places: placesOf({ access, overrides, banks }),
    memory: createCallMemory(),
    resource: (bank, environment, kind, id) => access.resources.known(resourceId(bank, environment, kind, id)),
    registration: (bank, environment, clientId) =>
      access.registrations.find({ bank, environment, clientId }).catch(() => null),
    earlier: newestOf(log),
    bodies: (call) =>
      log.show(call).then(
        ({ request, response }) => ({ request: request.body, response: response?.body ?? null }),
        () => null,
      ),
  }
}
