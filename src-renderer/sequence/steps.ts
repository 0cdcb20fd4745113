/** Turns exchanges and what customers did meanwhile into the steps of a sequence diagram. */
import type { HistoryRow } from '#shared/contract/history.ts'
import { duration } from '../exchange/measures.ts'

export const lanes = ['customer', 'tpp', 'bank'] as const
export type Lane = (typeof lanes)[number]

export interface Arrow {
  readonly from: Lane
  readonly to: Lane
  readonly text: string
  /** An answer is drawn dashed. */
  readonly answer: boolean
  readonly tone: 'plain' | 'good' | 'caution' | 'bad'
}

export interface Step {
  readonly key: string
  /** ISO 8601. */
  readonly at: string
  readonly arrows: readonly Arrow[]
  /** Exchange it shows; the newest one where it stands for several. */
  readonly exchange: string | null
  /** How often the same call was made in a row with the same outcome. */
  readonly times: number
}

/** Something a customer did or was asked, as the authorisation in this window told of it. */
export interface CustomerMoment {
  readonly key: string
  readonly at: string
  readonly bank: string
  readonly environment: string
  readonly type: 'open' | 'callback' | 'returned'
  /** Host of the page; empty where it is not known. */
  readonly host: string
  readonly scope: string | null
}

/** An id has digits; words with dashes between them stay as they are. */
const long = /^(?=.*\d)[0-9a-zA-Z_-]{20,}$/
const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The last segments of a path, ids shortened: `…/SigningBasket/1f0c9a2b…/status`. */
export function shortPath(url: string): string {
  let path = url
  try {
    path = new URL(url).pathname
  } catch {
    // What is no address is shown as it is.
  }
  const segments = path.split('/').filter((segment) => segment !== '')
  const shown = segments.slice(-3).map((segment) => {
    const text = decoded(segment)
    return long.test(text) ? `${text.slice(0, 8)}…` : text
  })
  return `${segments.length > 3 ? '…/' : '/'}${shown.join('/')}`
}

function answerOf({ status, fault, errorCode, total }: HistoryRow): Pick<Arrow, 'text' | 'tone'> {
  if (status === null)
    return { text: fault === 'CANCELLED' ? 'cancelled' : `no answer: ${fault ?? 'unknown'}`, tone: 'bad' }
  const tone = status < 300 ? 'good' : status < 400 ? 'caution' : 'bad'
  const code = status >= 400 && errorCode !== null ? ` ${errorCode}` : ''
  return { text: `${status}${code} · ${duration(total)}`, tone }
}

function stepOf(row: HistoryRow): Step {
  const text = `${row.method} ${shortPath(row.url)}`
  return {
    key: row.id,
    at: row.at,
    exchange: row.id,
    times: 1,
    arrows: [
      { from: 'tpp', to: 'bank', text, answer: false, tone: 'plain' },
      { from: 'bank', to: 'tpp', answer: true, ...answerOf(row) },
    ],
  }
}

const customerArrows: Readonly<Record<CustomerMoment['type'], (moment: CustomerMoment) => readonly Arrow[]>> = {
  open: ({ host, scope }) => [
    {
      from: 'tpp',
      to: 'customer',
      text: `opens the bank’s page${host === '' ? '' : ` at ${host}`}`,
      answer: false,
      tone: 'plain',
    },
    {
      from: 'customer',
      to: 'bank',
      text: scope === null ? 'is asked to authorise' : `is asked to authorise ${scope}`,
      answer: false,
      tone: 'plain',
    },
  ],
  callback: () => [
    { from: 'bank', to: 'tpp', text: 'the customer’s browser brings the code', answer: true, tone: 'good' },
  ],
  returned: () => [{ from: 'bank', to: 'tpp', text: 'the customer is back', answer: true, tone: 'good' }],
}

const momentStep = (moment: CustomerMoment): Step => ({
  key: moment.key,
  at: moment.at,
  exchange: null,
  times: 1,
  arrows: customerArrows[moment.type](moment),
})

/** Two calls that differ in nothing but their time: a status asked for again. */
const sameAgain = (a: HistoryRow, b: HistoryRow): boolean =>
  a.method === 'GET' && a.operation === b.operation && a.url === b.url && a.status === b.status && a.fault === b.fault

/**
 * Oldest first. A call repeated with the same outcome, as in polling, is one step with its count.
 * @param rows newest first, as history lists them
 */
export function sequenceSteps(rows: readonly HistoryRow[], moments: readonly CustomerMoment[]): Step[] {
  const entries = [
    ...rows.map((row) => ({ at: row.at, row, moment: null })),
    ...moments.map((moment) => ({ at: moment.at, row: null, moment })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const steps: Step[] = []
  let before: HistoryRow | null = null
  for (const { row, moment } of entries) {
    const last = steps.at(-1)
    if (row !== null && before !== null && last !== undefined && sameAgain(before, row))
      steps[steps.length - 1] = { ...stepOf(row), key: last.key, at: last.at, times: last.times + 1 }
    else steps.push(row === null ? momentStep(moment) : stepOf(row))
    before = row
  }
  return steps
}
