/** Answers the contract's calls about access. */
import { implement } from '@orpc/server'
import type { Grant } from '#shared/contract/access.ts'
import { contract } from '#shared/contract/contract.ts'
import { toWire } from '#shared/wire.ts'
import { type AuthoriseParts, authorise } from './authorise.ts'
import { enterToken } from './enter-token.ts'
import type { GrantBook, GrantRecord } from './grant-book.ts'
import { grantView } from './grant-view.ts'
import { type GrantLock, refreshGrant } from './refresh-grant.ts'
import { register } from './register.ts'
import type { Registrations } from './registrations.ts'

export interface AccessRouterParts extends AuthoriseParts {
  readonly registrations: Registrations
  readonly book: GrantBook
  readonly lock: GrantLock
  /** Grants or registrations are others than before. */
  changed(): void
  /** Name of an identity, or its id when it is gone. */
  identityName(id: string): Promise<string>
}

/** Faults thrown while a stream runs cross as faults too. */
async function* translated<Event>(events: AsyncGenerator<Event>): AsyncGenerator<Event, void, void> {
  try {
    yield* events
  } catch (error) {
    throw toWire(error)
  }
}

export function accessRouter(parts: AccessRouterParts) {
  const os = implement(contract.access)
  const { registrations, book } = parts
  const view = async (record: GrantRecord): Promise<Grant> =>
    grantView(record, await parts.identityName(record.identity), parts.now())
  const noting = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work
    parts.changed()
    return result
  }
  return os.router({
    register: os.register.handler(({ input }) => noting(register(input, parts, registrations))),
    registrations: os.registrations.handler(() => registrations.list()),
    authorise: os.authorise.handler(async function* ({ input, signal }) {
      for await (const event of translated(authorise(input, parts, registrations, book, signal))) {
        if (event.type === 'grant') parts.changed()
        yield event
      }
    }),
    enter: os.enter.handler(async ({ input }) => view(await noting(enterToken(input, parts, book)))),
    list: os.list.handler(async () => Promise.all((await book.list()).map(view))),
    refresh: os.refresh.handler(async ({ input }) =>
      view(await noting(refreshGrant(input.grant, parts, registrations, book, parts.lock))),
    ),
    revoke: os.revoke.handler(async ({ input }) => {
      const record = await book.find(input.grant)
      return { id: record.id, revoked: await noting(book.remove(record.id)), atBank: false }
    }),
  })
}
