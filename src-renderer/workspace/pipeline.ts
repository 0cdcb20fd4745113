/** Where a bank stands: identity, registration, access, calls, each judged from what the engine knows. */
import type { Grant, Registration } from '#shared/contract/access.ts'
import type { BankDetail, BankView, OperationDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { HistoryRow } from '#shared/contract/history.ts'
import type { IdentityView } from '#shared/contract/keys.ts'
import type { ViewId } from '../app-state.ts'
import { accessStep, callsStep } from './pipeline-access.ts'
import { identityStep, registrationStep } from './pipeline-identity.ts'

export type StepId = 'identity' | 'registration' | 'access' | 'calls'
/** `problem`: it was done and does not hold any more. */
export type StepState = 'done' | 'next' | 'later' | 'problem'

export type StepAction =
  | { readonly kind: 'order'; readonly label: string }
  | { readonly kind: 'use'; readonly label: string; readonly identity: string }
  | { readonly kind: 'register'; readonly label: string }
  | { readonly kind: 'authorise'; readonly label: string; readonly scope: string }
  | { readonly kind: 'refresh'; readonly label: string; readonly grant: string }
  | { readonly kind: 'read'; readonly label: string; readonly grant: string; readonly operation: string }
  | { readonly kind: 'open'; readonly label: string; readonly operation: string; readonly grant: string }
  | { readonly kind: 'show'; readonly label: string; readonly view: ViewId }
  /** The form of a new consent. */
  | { readonly kind: 'ask'; readonly label: string }
  | { readonly kind: 'consent'; readonly label: string; readonly consent: string }

export interface Standing {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly identities: readonly IdentityView[]
  readonly identity: IdentityView | null
  readonly registration: Registration | null
  readonly grants: readonly Grant[]
  /** What was created at banks, at every one. */
  readonly remembered: readonly Remembered[]
  /** What a first call would be; undefined while it is looked for, null where there is none. */
  readonly reading: OperationDetail | null | undefined
  /** The newest success of that call; where there is none, of any that a first one could be. */
  readonly lastRead: HistoryRow | null
  /** Milliseconds since 1970. */
  readonly now: number
}

/** A sentence, or parts that are not broken inside. */
export type Fact = string | readonly string[]

/** One step on its own, before its place in the row is known. */
export interface Judged {
  readonly state: 'done' | 'open' | 'problem'
  readonly fact: Fact
  readonly action: StepAction | null
}

export interface Step {
  readonly id: StepId
  readonly name: string
  readonly view: ViewId
  readonly state: StepState
  readonly fact: Fact
  /** What to do now; of a step that is done, what can be done again. */
  readonly action: StepAction | null
}

const order: readonly {
  readonly id: StepId
  readonly name: string
  readonly view: ViewId
  readonly later: string
  readonly judge: (standing: Standing) => Judged
}[] = [
  { id: 'identity', name: 'Identity', view: 'keys', later: '', judge: identityStep },
  {
    id: 'registration',
    name: 'Registration',
    view: 'registration',
    later: 'The bank is told of your certificate.',
    judge: registrationStep,
  },
  { id: 'access', name: 'Access', view: 'access', later: 'A customer lets you in.', judge: accessStep },
  { id: 'calls', name: 'Calls', view: 'requests', later: 'The bank answers with data.', judge: callsStep },
]

/** At most one step is next: the first that is not done. */
export function pipeline(standing: Standing): readonly Step[] {
  let open = true
  return order.map(({ id, name, view, later, judge }) => {
    if (!open) return { id, name, view, state: 'later', fact: later, action: null }
    const { state, fact, action } = judge(standing)
    open = state === 'done'
    return { id, name, view, state: state === 'open' ? 'next' : state, fact, action }
  })
}
