/** The calls of an application, each an exchange through the one send path; after each the application is read anew. */
import type { ApplicationKind, ApplicationProfile } from '#shared/application-profile.ts'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import type { LinkedOperation } from '#shared/linked-operation.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import { sendDraft, setSending } from '../forms/sending.ts'
import { openOperation } from '../open.ts'
import { caseOf, changeCase, noteExchange, type Part, tell } from './cases.ts'
import type { Answers } from './questions.ts'
import { answersToPost, postBody, type Question } from './questions.ts'

/** One pre-authorization, and what is known of its bank. */
export interface Desk {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly profile: ApplicationProfile
  /** Id of the grant whose token stands for it. */
  readonly grant: string
  /** Id of an identity; null: none is chosen, and the bank asks for none. */
  readonly identity: string | null
  readonly operations: readonly { readonly id: string; readonly method: string; readonly path: string }[]
}

export interface DeskKind {
  readonly kind: ApplicationKind
  readonly resource: ResourceProfile
}

export const sendingOf = (grant: string, part: Part): string => `applications:${grant}:${part}`

const takes = ({ operations }: Desk, operation: string, name: string): boolean =>
  operations.find(({ id }) => id === operation)?.path.includes(`{${name}}`) ?? false

const isReading = ({ operations }: Desk, operation: string): boolean =>
  operations.find(({ id }) => id === operation)?.method === 'GET'

interface Call {
  /** Values a link of the bank names. */
  readonly parameters?: Readonly<Record<string, string>>
  readonly body?: string
  /** The body holds what is sent once and kept nowhere. */
  readonly secret?: boolean
}

function draftOf(desk: Desk, operation: string, call: Call): DraftInput {
  const { bank, environment, grant, identity } = desk
  const own = Object.entries({ ...caseOf(grant).parameters, ...call.parameters })
  return {
    bank: bank.id,
    environment: environment.id,
    operation,
    grant,
    parameters: Object.fromEntries(own.filter(([name, value]) => value !== '' && takes(desk, operation, name))),
    // A call without data sends an empty object.
    ...(isReading(desk, operation) ? {} : { body: call.body ?? '{}' }),
    ...(identity === null ? {} : { identity }),
  }
}

/** The same call, to be changed and sent in Requests. */
export const openStep = (desk: Desk, operation: string, call: Call = {}): void =>
  openOperation(operation, draftOf(desk, operation, call))

/** @returns null where no exchange came about; the part says why */
export async function callStep(desk: Desk, part: Part, operation: string, call: Call = {}): Promise<Exchange | null> {
  const { grant } = desk
  const sending = sendingOf(grant, part)
  const exchange = await sendDraft(sending, draftOf(desk, operation, call))
  if (call.secret === true) setSending(sending, { draft: null })
  if (exchange !== null) noteExchange(grant, part, exchange)
  return exchange
}

async function readAnswers(desk: Desk, { kind }: DeskKind): Promise<void> {
  if (kind.questions === undefined) return
  const exchange = await callStep(desk, 'questions', kind.questions.read)
  if (exchange !== null && succeeded(exchange)) tell(desk.grant, 'answers', exchange)
}

/**
 * The status of the step before says nothing about the application: it is read.
 * @param whole with its answers, although they are known: somebody else may have posted others
 */
export async function readApplication(
  desk: Desk,
  { kind, resource }: DeskKind,
  whole = false,
): Promise<Exchange | null> {
  if (resource.read === undefined) return null
  const exchange = await callStep(desk, 'application', resource.read)
  if (exchange === null || !succeeded(exchange)) return exchange
  changeCase(desk.grant, { kind: kind.kind })
  tell(desk.grant, 'application', exchange)
  if (whole || caseOf(desk.grant).told.answers === undefined) await readAnswers(desk, { kind, resource })
  return exchange
}

export async function beginApplication(desk: Desk, { kind, resource }: DeskKind): Promise<void> {
  const exchange = await callStep(desk, 'application', resource.create)
  if (exchange === null || !succeeded(exchange)) return
  changeCase(desk.grant, { kind: kind.kind, typed: {}, signing: null })
  tell(desk.grant, 'application', exchange)
}

/** The set as it would be posted, in Requests: what no form lets anybody answer is written there. */
export function openAnswers(desk: Desk, { kind }: DeskKind, questions: readonly Question[], answers: Answers): void {
  const { questions: shape } = desk.profile
  if (kind.questions === undefined || shape === undefined) return
  openStep(desk, kind.questions.post, { body: postBody(answersToPost(questions, answers), shape) })
}

export async function postAnswers(
  desk: Desk,
  which: DeskKind,
  questions: readonly Question[],
  answers: Answers,
): Promise<void> {
  const { questions: shape } = desk.profile
  if (which.kind.questions === undefined || shape === undefined) return
  const set = answersToPost(questions, answers)
  changeCase(desk.grant, { posted: set.map(([code]) => code) })
  const exchange = await callStep(desk, 'questions', which.kind.questions.post, { body: postBody(set, shape) })
  if (exchange === null || !succeeded(exchange)) return
  tell(desk.grant, 'answers', exchange)
  changeCase(desk.grant, { typed: {} })
  // What counts is what the bank reads back, not what was posted.
  await readAnswers(desk, which)
  await readApplication(desk, which)
}

/**
 * Begins signing, or leads to a page: what the answer holds is shown until another one is begun.
 * @param part whose line shows the call
 */
export async function beginSigning(
  desk: Desk,
  which: DeskKind,
  link: Pick<LinkedOperation, 'operation' | 'parameters'>,
  part: Part = 'signing',
): Promise<Exchange | null> {
  const exchange = await callStep(desk, part, link.operation, { parameters: link.parameters })
  if (exchange === null || !succeeded(exchange)) return null
  const asking = which.kind.sign.some(({ begin, how }) => begin === link.operation && how === 'order')
  changeCase(desk.grant, { signing: { operation: link.operation, begunAt: exchange.at, asking } })
  tell(desk.grant, 'signing', exchange)
  await readApplication(desk, which)
  return exchange
}

/** Verifying, and whatever else an application offers that the bank's data does not name. */
export async function takeStep(desk: Desk, which: DeskKind, link: LinkedOperation): Promise<void> {
  const exchange = await callStep(desk, 'signing', link.operation, { parameters: link.parameters })
  if (exchange !== null && succeeded(exchange)) await readApplication(desk, which)
}

export async function endPreAuthorization(desk: Desk, operation: string, cancels: boolean): Promise<void> {
  const exchange = await callStep(desk, 'end', operation)
  if (exchange === null || !succeeded(exchange)) return
  tell(desk.grant, 'end', exchange)
  if (cancels) changeCase(desk.grant, { cancelled: true, signing: null })
}
