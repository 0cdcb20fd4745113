/** Evidence on what happened before and on how the answer came. */
import { offeredOperations } from '#shared/linked-operation.ts'
import type { CallFacts } from '../call-facts.ts'
import type { EarlierCall } from '../call-knowledge.ts'
import { authorisedSince, unreadSince } from './consent.ts'
import { type Judgement, no, open, type Predicate, yes } from './judgement.ts'

const notLookedUp = open('History was not looked into.')
const succeeded = ({ status }: EarlierCall): boolean => status !== null && status >= 200 && status < 300

/** Calls that only read may be made as often as one likes. */
const reads = new Set(['GET', 'HEAD', 'OPTIONS'])

function sameCallBefore({ method, operation, outcome, around }: CallFacts): Judgement {
  if (around.earlier === null || outcome === null) return notLookedUp
  const { url, body } = outcome.shown
  if (reads.has(method)) return open('The call changes nothing, so having made it before does not matter.')
  const before = around.earlier.filter(
    (call) => call.operation === operation.id && call.method === method && call.url === url && succeeded(call),
  )
  const like = before.find(({ id }) => (around.bodies.get(id)?.request ?? null) === body)
  if (like !== undefined) return yes(`The same call succeeded at ${like.at} (${like.status}).`)
  if (around.earlier.length === 0) return open('No earlier call is in history.')
  if (before.length === 0) return no('None of the last calls in history is like it and succeeded.')
  return open('Calls to the same address succeeded before, with another body or one that cannot be read.')
}

function answerOf({ around }: CallFacts, call: EarlierCall): unknown {
  try {
    return JSON.parse(around.bodies.get(call.id)?.response ?? '')
  } catch {
    return null
  }
}

/** What the newest answer that lists operations or links offers; null where there is none. */
function offered(facts: CallFacts): { readonly at: string; readonly operations: readonly string[] } | null {
  const { around, bank } = facts
  for (const call of around.earlier ?? []) {
    const answer = succeeded(call) ? answerOf(facts, call) : null
    if (typeof answer !== 'object' || answer === null || !('operations' in answer)) continue
    return { at: call.at, operations: offeredOperations(answer, bank.operations).map(({ operation }) => operation) }
  }
  return null
}

function operationNotListed(facts: CallFacts): Judgement {
  const [record] = facts.around.resources
  const found = offered(facts)
  if (found !== null)
    return found.operations.includes(facts.operation.id)
      ? no(`The answer of ${found.at} lists this operation as possible.`)
      : yes(`The answer of ${found.at} lists ${found.operations.join(', ') || 'no operation'}, not this one.`)
  return record === undefined || record.links.length === 0
    ? open('No answer is at hand that lists what is possible.')
    : open(`The last answer on ${record.resource} linked to ${record.links.join(', ')}.`)
}

/** The call whose answer makes this one possible, where the bank's data tells: what creates the thing in its path. */
function stepSkipped(facts: CallFacts): Judgement {
  const { around, bank } = facts
  for (const record of around.resources) {
    const profile = bank.profile.resources?.find(({ kind }) => kind === record.kind)
    const active = profile?.active
    if (active === undefined || record.status === null) continue
    if (authorisedSince(record, facts)) return open(unreadSince(record))
    return record.status.toLowerCase() === active.toLowerCase()
      ? no(`The ${record.kind} was ${record.status} when it was last seen.`)
      : yes(`The ${record.kind} was still ${record.status} when it was last seen (${record.seenAt}), not ${active}.`)
  }
  const found = offered(facts)
  if (found !== null && !found.operations.includes(facts.operation.id))
    return yes(`The answer of ${found.at} lists ${found.operations.join(', ') || 'no operation'} as next.`)
  return facts.around.earlier === null ? notLookedUp : open('Which step has to come before cannot be told from here.')
}

export const historyEvidence = {
  'same-call-before': sameCallBefore,
  'step-skipped': stepSkipped,
  'operation-not-listed': operationNotListed,
  'status-5xx'({ outcome }) {
    const status = outcome?.status ?? null
    if (status === null) return open('No answer came.')
    return status >= 500 ? yes(`The status is ${status}.`) : no(`The status is ${status}, which is none of the 500s.`)
  },
  'answer-slow'({ outcome }) {
    const waited = outcome?.waited ?? null
    if (waited === null) return open('How long the answer took was not measured.')
    const sentence = `The answer took ${(waited / 1000).toFixed(1)} s.`
    return waited > 10_000 ? yes(sentence) : no(sentence)
  },
} satisfies Record<string, Predicate>
