/** A call whose answer is a page for the customer: it is opened, the return awaited, and the same call sent anew. */
import { randomBytes } from 'node:crypto'
import type { ChallengeEvent } from '#shared/contract/followed.ts'
import type { Draft } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { clientIdOf, resolveTarget } from './access-target.ts'
import { refuseClicks } from './authorise.ts'
import { supersede } from './begin-code-flow.ts'
import { type ChallengeMemory, challengeLink } from './challenge-memory.ts'
import { allowedIn, customerLink } from './customer-link.ts'
import { type FlowInHand, type FlowRecord, newFlowId } from './flow-book.ts'
import { freeCallback } from './free-callback.ts'
import { anyReturn } from './page-flow.ts'
import { type FlowParts, keepFlow, type Session, visitPage } from './visit-page.ts'

export interface ChallengeInput extends Session {
  readonly draft: Draft
  /** Where the customer comes back to, where the draft does not say it. */
  readonly callback?: string | undefined
  /** Exchange that already holds the bank's page: its call is gone on with, and the first sending left out. */
  readonly exchange?: string | undefined
}

export interface ChallengeParts extends FlowParts {
  readonly challenges: ChallengeMemory
}

const fieldOf = (fields: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.entries(fields).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1]

function without(fields: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name.toLowerCase())))
}

/** What is new in every attempt: the send path fills it in and signs it (draft-cavage section 2.1.3 counts on Date). */
const perAttempt = ['x-request-id', 'date', 'digest', 'signature']

/** The same call as a person would send it a second time. */
export const repeatOf = (draft: Draft): Draft => ({
  ...draft,
  parameters: without(draft.parameters, perAttempt),
  headers: without(draft.headers, perAttempt),
})

/** Yields `open`, `returned`, `exchange`; only the last where the bank asks for nothing. */
export async function* challenge(
  input: ChallengeInput,
  parts: ChallengeParts,
  outer?: AbortSignal,
): AsyncGenerator<ChallengeEvent, void, void> {
  const pending = input.exchange === undefined ? null : parts.challenges.find(input.exchange)
  // What was asked for its customer is what is repeated, whatever was typed since.
  const wanted = pending?.draft ?? input.draft
  const target = await resolveTarget(wanted, parts)
  const { bank } = target
  const { access } = bank.profile
  if (access?.flow !== 'redirect-challenge')
    throw new Fault('OPERATION_NOT_OFFERED', `${bank.name} does not answer calls with a page for the customer.`, {
      bank: bank.id,
    })
  refuseClicks(target, input)
  const operation = bank.operation(wanted.operation)
  const { returnHeader } = access
  const named = fieldOf(wanted.parameters, returnHeader) ?? fieldOf(wanted.headers, returnHeader)
  // A part nobody can guess: the return has no other mark of whose it is.
  const redirectUri =
    named ?? input.callback ?? `${await freeCallback(bank.id)}/${randomBytes(9).toString('base64url')}`
  const declared = operation.parameters.some(({ name }) => name.toLowerCase() === returnHeader.toLowerCase())
  const place = declared ? 'parameters' : 'headers'
  const draft: Draft =
    named === undefined && pending === null
      ? { ...wanted, [place]: { ...wanted[place], [returnHeader]: redirectUri } }
      : wanted
  let href = pending?.href ?? null
  if (href === null) {
    const first = await parts.send(draft, outer)
    href = first.answer.status === access.status ? challengeLink(first.answer.body, access.link) : null
    parts.challenges.drop(first.exchange.id)
    if (href === null) {
      yield { type: 'exchange', exchange: first.exchange, repeated: false }
      return
    }
  }
  const schemes = bank.profile.customerPages.find(({ operations }) => operations.includes(operation.id))?.schemes
  const { url } = customerLink(access.link, href, allowedIn(target.environment, schemes))
  const record: FlowRecord = {
    id: newFlowId(),
    kind: 'challenge',
    bank: bank.id,
    environment: target.environment.id,
    identity: target.identity.id,
    customer: null,
    scope: null,
    consent: null,
    operation: operation.id,
    clientId: clientIdOf(target.identity),
    redirectUri,
    startedAt: new Date(parts.now()).toISOString(),
    step: 'browser',
    server: null,
  }
  await supersede(record, parts)
  const flow = await parts.flows.begin(record, { url, state: null, verifier: null, draft: repeatOf(draft) })
  yield* keepFlow(flow, false, challengeFlow(flow, input, parts, outer))
  if (input.exchange !== undefined) parts.challenges.drop(input.exchange)
}

export async function* challengeFlow(
  flow: FlowInHand,
  session: Session,
  parts: FlowParts,
  outer?: AbortSignal,
): AsyncGenerator<ChallengeEvent, void, void> {
  const { draft } = flow.secrets
  if (draft === null) throw new Fault('INTERNAL', 'A call to be repeated was not kept.')
  if (flow.record.step === 'exchanging')
    throw new Fault(
      'ACCESS_CALLBACK',
      'The call was being sent for the second time when the workbench ended, so the bank may have received it. It is not sent again: ask the bank for its status, then abandon this.',
      { flow: flow.record.id, operation: flow.record.operation },
    )
  yield* visitPage(flow, session, anyReturn, parts, outer)
  yield { type: 'returned' }
  // Before it leaves: whoever finds this note after a crash knows that the bank may have the call.
  await flow.note({ step: 'exchanging' })
  try {
    const { exchange } = await parts.send(draft, outer)
    yield { type: 'exchange', exchange, repeated: true }
  } finally {
    await flow.end()
  }
}
