/** Where a signing stands at a moment: what was clicked, else what the customer does unasked, else the limits of time. */
import type { BankIdHabit } from './customers.ts'
import type { Signing } from './payex-state.ts'

export type BankIdHint =
  | 'OutstandingTransaction'
  | 'Started'
  | 'UserSign'
  | 'ExpiredTransaction'
  | 'CertificateErr'
  | 'UserCancel'
  | 'Cancelled'
  | 'StartFailed'

export interface SigningOutcome {
  readonly status: 'Pending' | 'Complete' | 'Failed'
  /** None once it is signed: there is nothing left to hint at. */
  readonly hint: BankIdHint | null
}

type Moment = BankIdHint | 'Complete'

const opensAfter = 3
const signsAfter = 6
const endsAfter = 9
const startSeconds = 30
const orderSeconds = 180
const pageSeconds = 600

const opened: readonly (readonly [number, Moment])[] = [
  [0, 'OutstandingTransaction'],
  [opensAfter, 'Started'],
]

/** Seconds since the order was made → what a poll says from then on. */
const timelines: Readonly<Record<BankIdHabit, readonly (readonly [number, Moment])[]>> = {
  signs: [...opened, [signsAfter, 'UserSign'], [endsAfter, 'Complete']],
  'never-opens': [
    [0, 'OutstandingTransaction'],
    [startSeconds, 'StartFailed'],
  ],
  'has-no-bankid': [...opened, [orderSeconds, 'ExpiredTransaction']],
  'never-signs': [...opened, [signsAfter, 'UserSign'], [orderSeconds, 'ExpiredTransaction']],
  cancels: [...opened, [signsAfter, 'UserSign'], [endsAfter, 'UserCancel']],
  blocked: [...opened, [signsAfter, 'CertificateErr']],
  collides: [...opened, [signsAfter, 'Cancelled']],
}

const pendingHints: readonly Moment[] = ['OutstandingTransaction', 'Started', 'UserSign']

function outcomeAt(moment: Moment): SigningOutcome {
  if (moment === 'Complete') return { status: 'Complete', hint: null }
  return { status: pendingHints.includes(moment) ? 'Pending' : 'Failed', hint: moment }
}

function byHand({ way, begunAt, openedAt }: Signing, now: number): Moment {
  const limit = way === 'page' ? pageSeconds : orderSeconds
  if (now - begunAt >= limit * 1000) return 'ExpiredTransaction'
  if (openedAt === null) return 'OutstandingTransaction'
  return now - openedAt < opensAfter * 1000 ? 'Started' : 'UserSign'
}

export function signingOutcome(signing: Signing, habit: BankIdHabit, now: number): SigningOutcome {
  if (signing.end) return outcomeAt(signing.end.as)
  // Only an order can be signed on another device, out of sight; everything else waits for a click.
  if (signing.way !== 'bankid-order' || signing.openedAt !== null) return outcomeAt(byHand(signing, now))
  const age = (now - signing.begunAt) / 1000
  const passed = timelines[habit].filter(([seconds]) => seconds <= age)
  return outcomeAt(passed.at(-1)?.[1] ?? 'OutstandingTransaction')
}
