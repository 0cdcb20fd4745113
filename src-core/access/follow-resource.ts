/** Asks a bank for a status until it is final, politely: with growing pauses, never sooner than the bank allows. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { FollowEvent } from '#shared/contract/followed.ts'
import { Fault } from '#shared/fault.ts'
import type { Place } from './access-target.ts'
import { statusLinks } from './remember-exchange.ts'
import { rememberedView, statusIn } from './remembered-view.ts'
import type { ResourceRecord } from './resource-book.ts'
import {
  type GivenToCall,
  givenFor,
  type OpenResource,
  openResource,
  type ResourceParts,
  resourceDraft,
} from './resource-call.ts'
import { serverOperations, statusPlace } from './server-operations.ts'

export interface FollowInput extends GivenToCall {
  readonly consent: string
  readonly authorisation?: string | undefined
  /** Seconds of the first pause. */
  readonly interval: number
  /** Seconds. */
  readonly timeout: number
}

type Ending = Extract<FollowEvent, { type: 'end' }>['because']

const growth = 1.5
/** Milliseconds. */
const longestPause = 30_000

/** What is asked, and where its answer stands in the record. */
interface Question {
  readonly operation: string | undefined
  readonly parameters: Readonly<Record<string, string>>
  readonly vocabulary: string
  statusOf(record: ResourceRecord): string | null
}

function questionOf({ record, profile }: OpenResource, authorisation: string | undefined): Question {
  if (authorisation === undefined)
    return {
      operation: profile.status ?? profile.read,
      parameters: {},
      vocabulary: profile.vocabulary,
      statusOf: ({ status }) => status,
    }
  const known = record.authorisations.find(({ id }) => id === authorisation)
  const calls = profile.authorisations.find(({ purpose }) => purpose === (known?.purpose ?? 'authorisation'))
  if (calls === undefined)
    throw new Fault('RESOURCE_UNKNOWN', `There are no authorisations of a ${record.kind} in the bank's data.`, {
      consent: record.id,
    })
  return {
    operation: calls.status,
    parameters: { [calls.parameter]: authorisation },
    vocabulary: calls.vocabulary,
    statusOf: ({ authorisations }) => authorisations.find(({ id }) => id === authorisation)?.status ?? null,
  }
}

/** The way to the status by a link of the last answer; null where there is none. */
async function linkedStatus({ bank, record, profile }: OpenResource, parts: ResourceParts): Promise<Place | null> {
  const { links } = await parts.resources.secrets(record.id)
  const name = statusLinks.find((each) => links[each] !== undefined)
  if (name === undefined) return null
  return statusPlace(bank, await parts.endpoints(bank, record.environment), profile, links[name]!)
}

/** `Retry-After` in milliseconds (RFC 9110 section 10.2.3); 0 where there is none. */
export function retryAfter(exchange: Exchange, now: number): number {
  const value = exchange.response?.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]
  if (value === undefined) return 0
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? 0 : Math.max(0, at - now)
}

/** Statuses after which asking again helps: the bank is busy, or has been asked too often. */
const later = new Set([429, 500, 502, 503, 504])

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => {
    throw new Fault('CANCELLED', 'The status is no longer asked for.')
  })
}

/** Yields `status` for each answer, then `end`. */
export async function* followResource(
  input: FollowInput,
  parts: ResourceParts,
  signal?: AbortSignal,
): AsyncGenerator<FollowEvent, void, void> {
  const open = await openResource(input.consent, parts)
  const question = questionOf(open, input.authorisation)
  const given = { ...question.parameters, ...givenFor(open, input) }
  const linked = question.operation === undefined ? await linkedStatus(open, parts) : null
  const operation = linked === null ? question.operation : serverOperations.status
  const draft = resourceDraft(linked === null ? open : { ...open, bank: linked.bank }, operation, given)
  const { profile } = open.bank
  const end = (because: Ending, record: ResourceRecord): FollowEvent => ({
    type: 'end',
    because,
    consent: rememberedView(record, profile),
  })
  // Monotonic: a clock that is set does not change how long somebody waits.
  const deadline = performance.now() + input.timeout * 1000
  let wait = input.interval * 1000
  for (;;) {
    const { exchange, answer } = await parts.send(draft, signal, linked ?? undefined)
    const record = await parts.resources.find(open.record.id)
    const answered = answer.status >= 200 && answer.status < 300
    const code = answered ? question.statusOf(record) : null
    const status = statusIn(profile, question.vocabulary, code)
    const final = status?.final ?? false
    const next = Math.max(wait, retryAfter(exchange, parts.now()))
    const refused = !answered && !later.has(answer.status)
    const late = performance.now() + next > deadline
    const active = code !== null && input.authorisation === undefined && code === open.profile.active
    const because = final ? 'final' : active ? 'active' : refused ? 'refused' : late ? 'time' : null
    yield {
      type: 'status',
      status: code,
      meaning: status?.meaning ?? null,
      final,
      operations: answered ? record.operations : [],
      wait: because === null ? next : null,
      exchange,
    }
    if (because !== null) {
      yield end(because, record)
      return
    }
    await pause(next, signal)
    wait = Math.min(longestPause, wait * growth)
  }
}
