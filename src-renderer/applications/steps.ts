/** The calls of an application, each an exchange through the one send path; after each the application is read anew. */
import type { ApplicationKind, ApplicationProfile } from '#shared/application-profile.ts'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { LinkedOperation } from '#shared/linked-operation.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import { sendDraft, setSending } from '../forms/sending.ts'
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

/** @returns null where no exchange came about; the part says why */
export async function callStep(desk: Desk, part: Part, operation: string, call: Call = {}): Promise<Exchange | null> {
  const { bank, environment, grant, identity } = desk
  const own = Object.entries({ ...caseOf(grant).parameters, ...call.parameters })
  const sending = sendingOf(grant, part)
  const exchange = await sendDraft(sending, {
    bank: bank.id,
    environment: environment.id,
    operation,
    grant,
    parameters: Object.fromEntries(own.filter(([name, value]) => value !== '' && takes(desk, operation, name))),
    // A call without data sends an empty object.
    ...(isReading(desk, operation) ? {} : { body: call.body ?? '{}' }),
    ...(identity === null ? {} : { identity }),
  })
  if (call.secret === true) setSending(sending, { draft: null })
  if (exchange !== null) noteExchange(grant, part, exchange)
  return exchange
}

async function readAnswers(desk: Desk, { kind }: DeskKind): Promise<void> {
  if (kind.questions === undefined) return
  const exchange = await callStep(desk, 'questions', kind.questions.read)
  if (exchange !== null && succeeded(exchange)) tell(desk.grant, 'answers', exchange)
}

/** The status of the step before says nothing about the application: it is read. */
export async function readApplication(desk: Desk, { kind, resource }: DeskKind): Promise<Exchange | null> {
  if (resource.read === undefined) return null
  const exchange = await callStep(desk, 'application', resource.read)
  if (exchange === null || !succeeded(exchange)) return exchange
  changeCase(desk.grant, { kind: kind.kind })
  tell(desk.grant, 'application', exchange)
  if (caseOf(desk.grant).told.answers === undefined) await readAnswers(desk, { kind, resource })
  return exchange
}

export async function beginApplication(desk: Desk, { kind, resource }: DeskKind): Promise<void> {
  const exchange = await callStep(desk, 'application', resource.create)
  if (exchange === null || !succeeded(exchange)) return
  changeCase(desk.grant, { kind: kind.kind, typed: {}, signing: null })
  tell(desk.grant, 'application', exchange)
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

/** Begins signing, or leads to a page: what the answer holds is shown until another one is begun. */
export async function beginSigning(desk: Desk, which: DeskKind, link: LinkedOperation): Promise<Exchange | null> {
  const exchange = await callStep(desk, 'signing', link.operation, { parameters: link.parameters })
  if (exchange === null || !succeeded(exchange)) return null
  changeCase(desk.grant, { signing: { operation: link.operation, begunAt: exchange.at } })
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
