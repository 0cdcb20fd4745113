/** Answers the contract's calls about access. */
import { implement } from '@orpc/server'
import { access } from '#shared/contract/access.ts'
import type { Flow, Remembered } from '#shared/contract/followed.ts'
import { toWire } from '#shared/wire.ts'
import type { AccessBooks } from './access-books.ts'
import { type AuthoriseParts, authorise } from './authorise.ts'
import { authoriseConsent } from './authorise-consent.ts'
import { challenge } from './challenge.ts'
import { enterToken } from './enter-token.ts'
import type { FlowRecord } from './flow-book.ts'
import { followResource } from './follow-resource.ts'
import { freeCallback } from './free-callback.ts'
import { type GrantLock, refreshGrant } from './refresh-grant.ts'
import { register } from './register.ts'
import { rememberedView } from './remembered-view.ts'
import type { ResourceRecord } from './resource-book.ts'
import { givenFor, openResource, resourceDraft } from './resource-call.ts'
import { resumeFlow } from './resume-flow.ts'
import { identityName, showGrant } from './show-grant.ts'

export interface AccessRouterParts extends AuthoriseParts, AccessBooks {
  readonly lock: GrantLock
  /** Grants, registrations, flows or consents are others than before. */
  changed(): void
}

/** Tells of every event that others see too; faults thrown while a stream runs cross as faults. */
async function* told<Event>(
  events: AsyncGenerator<Event, void, void>,
  changed: () => void,
): AsyncGenerator<Event, void, void> {
  try {
    for await (const event of events) {
      changed()
      yield event
    }
  } catch (error) {
    throw toWire(error)
  } finally {
    changed()
  }
}

const flowView = async (record: FlowRecord & { held: boolean }, parts: AccessRouterParts): Promise<Flow> => ({
  id: record.id,
  kind: record.kind,
  bank: record.bank,
  environment: record.environment,
  identity: record.identity,
  identityName: await identityName(record.identity, parts),
  customer: record.customer,
  scope: record.scope,
  consent: record.consent,
  operation: record.operation,
  callbackUri: record.redirectUri,
  startedAt: record.startedAt,
  step: record.step,
  state: record.held ? 'waiting' : 'abandoned',
  here: parts.running.has(record.id),
})

async function damagedRecords({ book, registrations, flows, resources }: AccessRouterParts) {
  const kinds = { grant: book, registration: registrations, flow: flows, consent: resources } as const
  const lists = Object.entries(kinds).map(async ([kind, records]) =>
    (await records.damaged()).map(({ id, message }) => ({ id, kind: kind as keyof typeof kinds, message })),
  )
  return (await Promise.all(lists)).flat()
}

async function remembered(record: ResourceRecord, { banks }: AccessRouterParts): Promise<Remembered> {
  const bank = await banks.at(record.bank, record.environment).catch(() => null)
  return rememberedView(record, bank?.profile ?? null)
}

export function accessRouter(parts: AccessRouterParts) {
  const os = implement(access)
  const { registrations, book, flows, resources, running } = parts
  const changed = () => parts.changed()
  const noting = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work
    changed()
    return result
  }
  return os.router({
    register: os.register.handler(({ input }) => noting(register(input, parts, registrations))),
    registrations: os.registrations.handler(() => registrations.list()),
    authorise: os.authorise.handler(async function* ({ input, signal }) {
      yield* told(authorise(input, parts, signal), changed)
    }),
    authoriseConsent: os.authoriseConsent.handler(async function* ({ input, signal }) {
      yield* told(authoriseConsent(input, parts, signal), changed)
    }),
    flows: os.flows.handler(async () => Promise.all((await flows.list()).map((record) => flowView(record, parts)))),
    resume: os.resume.handler(async function* ({ input, signal }) {
      yield* told(resumeFlow(input, parts, signal), changed)
    }),
    abandon: os.abandon.handler(async ({ input: { flow } }) => {
      const record = await flows.find(flow).catch((fault: unknown) => {
        // A damaged record is forgotten like any other.
        if ((fault as { code?: unknown }).code === 'DATA_DAMAGED') return null
        throw fault
      })
      running.stop(flow)
      await noting(flows.remove(flow))
      return { id: flow, consent: record?.consent ?? null }
    }),
    paste: os.paste.handler(({ input: { flow, url } }) => {
      running.paste(flow, url)
      return { flow, accepted: true as const }
    }),
    challenge: os.challenge.handler(async function* ({ input, signal }) {
      yield* told(challenge(input, parts, signal), changed)
    }),
    returnAddress: os.returnAddress.handler(async ({ input }) => ({ uri: await freeCallback(input.bank) })),
    enter: os.enter.handler(async ({ input }) => showGrant(await noting(enterToken(input, parts, book)), parts)),
    list: os.list.handler(async () => Promise.all((await book.list()).map((record) => showGrant(record, parts)))),
    damaged: os.damaged.handler(() => damagedRecords(parts)),
    refresh: os.refresh.handler(async ({ input }) =>
      showGrant(await noting(refreshGrant(input.grant, parts, registrations, book, parts.lock)), parts),
    ),
    revoke: os.revoke.handler(async ({ input }) => {
      const known = (await book.damaged()).some(({ id }) => id === input.grant)
      const id = known ? input.grant : (await book.find(input.grant)).id
      await parts.unattended.forget(id)
      return { id, revoked: await noting(book.remove(id)), atBank: false }
    }),
    consents: os.consents.handler(async ({ input }) => {
      const here = (await resources.list()).filter(
        ({ bank, environment }) => (input.bank ?? bank) === bank && (input.environment ?? environment) === environment,
      )
      return Promise.all(here.map((record) => remembered(record, parts)))
    }),
    follow: os.follow.handler(async function* ({ input, signal }) {
      yield* told(followResource(input, parts, signal), changed)
    }),
    deleteConsent: os.deleteConsent.handler(async ({ input, signal }) => {
      const open = await openResource(input.consent, parts)
      const draft = resourceDraft(open, open.profile.delete?.operation, givenFor(open, input))
      const { exchange } = await noting(parts.send(draft, signal))
      return { consent: await remembered(await resources.find(open.record.id), parts), exchange }
    }),
    forgetConsent: os.forgetConsent.handler(async ({ input }) => {
      const damaged = (await resources.damaged()).some(({ id }) => id === input.consent)
      const id = damaged ? input.consent : (await resources.find(input.consent)).id
      return { id, forgotten: await noting(resources.remove(id)) }
    }),
  })
}
