/** Gathers for the send path what the areas know about calls: remembered consents, registrations, and the history. */
import type { AccessBooks } from './access/access-books.ts'
import { resourceId } from './access/resource-book.ts'
import type { ExchangeLog } from './history/exchange-log.ts'
import type { CallKnowledge } from './requests/call-knowledge.ts'
import { createCallMemory } from './requests/call-memory.ts'

/** The newest calls that are looked at. */
const looked = 60

export interface KnowledgeParts {
  readonly access: Pick<AccessBooks, 'resources' | 'registrations'>
  readonly log: Pick<ExchangeLog, 'list' | 'show'>
}

/** What cannot be read is not known: a call never fails because of it. */
export function knowledgeOfCalls({ access, log }: KnowledgeParts): CallKnowledge {
  return {
    memory: createCallMemory(),
    resource: (bank, environment, kind, id) =>
      access.resources.find(resourceId(bank, environment, kind, id)).catch(() => null),
    registration: (bank, environment, clientId) =>
      access.registrations.find({ bank, environment, clientId }).catch(() => null),
    earlier: (bank, environment) => log.list({ bank, environment, limit: looked }),
    bodies: (call) =>
      log.show(call).then(
        ({ request, response }) => ({ request: request.body, response: response?.body ?? null }),
        () => null,
      ),
  }
}
