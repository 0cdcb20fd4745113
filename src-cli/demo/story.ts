/** What the demo needs while it runs, and the sentences it tells. */
import type { WorkbenchClient } from '#core/workbench.ts'
import type { Grant } from '#shared/contract/access.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'

export const stepIds = [
  'identity',
  'registration',
  'authorisation',
  'token',
  'accounts',
  'balances',
  'transactions',
  'payment',
  'payment-status',
  'basket',
  'basket-authorisation',
  'basket-sign',
  'refresh',
  'payment-delete',
  'explained-error',
] as const
export type StepId = (typeof stepIds)[number]

export interface StepResult {
  readonly id: StepId
  readonly ok: boolean
  /** Milliseconds. */
  readonly ms: number
  readonly note: string
}

export const bank = 'ica-banken'
export const customer = 'Anna Andersson'
export const product = 'domestic-credit-transfers'
/** Documentation address (RFC 5737): the customer "at" this address is asking. */
export const customerAddress = '192.0.2.7'

/** What earlier steps leave for later ones. */
export interface Story {
  readonly client: WorkbenchClient
  readonly signal: AbortSignal
  /** Said with the first step: where the key is kept. */
  readonly storeNote: string
  identity?: string
  accountGrant?: Grant
  paymentGrant?: Grant
  authorised?: { grant: Grant; exchange: Exchange }
  account?: { id: string; iban: string }
  paymentId?: string
  basketId?: string
  basketGrant?: Grant
}

/** What a step says; `milliseconds` where the step's own share of a longer call is known better than by the clock around it. */
export interface Told {
  readonly note: string
  readonly milliseconds?: number
}

export type Step = (story: Story) => Promise<string | Told>

/** A step that came before left this; without it the story makes no sense. */
export function had<Value>(value: Value | undefined, what: string): Value {
  if (value !== undefined) return value
  throw new Fault('INTERNAL', `The demo has no ${what} yet.`)
}

/** Sends one operation and expects a success. */
export async function callBank(story: Story, operation: string, draft: Partial<DraftInput> = {}): Promise<Exchange> {
  const exchange = await story.client.requests.send({ bank, operation, ...draft }, { signal: story.signal })
  const status = exchange.response?.status ?? 0
  if (status >= 200 && status < 300) return exchange
  const why = exchange.explanations[0]
  throw new Fault('SANDBOX_FAILED', `${operation} answered ${status}${why === undefined ? '' : ` (${why.errorId})`}.`)
}

export function bodyOf<Shape>(exchange: Exchange): Shape {
  return JSON.parse(exchange.response?.body ?? 'null') as Shape
}

/** Lets the customer sign a scope through the sandbox's control API. */
export async function authorise(story: Story, scope: string): Promise<{ grant: Grant; exchange: Exchange }> {
  const events = await story.client.access.authorise({ bank, scope, psu: customer }, { signal: story.signal })
  for await (const event of events) if (event.type === 'grant') return { grant: event.grant, exchange: event.exchange }
  throw new Fault('INTERNAL', 'The authorisation ended without a grant.')
}

/** A date so many days ahead that is no Saturday or Sunday, as YYYY-MM-DD. */
export function workingDayAhead(days: number, from = new Date()): string {
  const date = new Date(from.getTime() + days * 86_400_000)
  while ([0, 6].includes(date.getUTCDay())) date.setUTCDate(date.getUTCDate() + 1)
  return date.toISOString().slice(0, 10)
}
