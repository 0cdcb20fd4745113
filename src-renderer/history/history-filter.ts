/** What a person narrows History down to, and the question it makes to the engine. */
import type { HistoryQuery } from '#shared/contract/history.ts'

export interface HistoryFilter {
  readonly words: string
  readonly bank: string
  readonly environment: string
  readonly operation: string
  /** A class of statuses, or `none`: no answer came. */
  readonly status: string
  /** A fault code, or `any`. */
  readonly fault: string
  /** Id of the error row that explains it. */
  readonly error: string
  readonly identity: string
  /** Key of `times`. */
  readonly time: string
  /** Days `2026-07-14` of the time `between`; empty: open on that side. */
  readonly from: string
  readonly to: string
}

export const noFilter: HistoryFilter = {
  words: '',
  bank: '',
  environment: '',
  operation: '',
  status: '',
  fault: '',
  error: '',
  identity: '',
  time: '',
  from: '',
  to: '',
}

export const statusChoices: readonly (readonly [string, string])[] = [
  ['2xx', '2xx success'],
  ['3xx', '3xx redirect'],
  ['4xx', '4xx refused'],
  ['5xx', '5xx failed'],
  ['none', 'no answer'],
]

export const timeChoices: readonly (readonly [string, string])[] = [
  ['hour', 'Last hour'],
  ['today', 'Today'],
  ['week', 'Last 7 days'],
  ['month', 'Last 30 days'],
  ['between', 'Between days …'],
]

const day = 86_400_000
/** Milliseconds back from now. */
const spans: Readonly<Record<string, number>> = { hour: 3_600_000, week: 7 * day, month: 30 * day }

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

/** The first moment of a day here, `ahead` days later. */
function startOf(text: string, ahead = 0): Date {
  const [year, month, date] = text.split('-').map(Number) as [number, number, number]
  return new Date(year, month - 1, date + ahead)
}

function rangeOf({ time, from, to }: HistoryFilter, now: number): Pick<HistoryQuery, 'from' | 'to'> {
  const span = spans[time]
  if (span !== undefined) return { from: new Date(now - span).toISOString() }
  if (time === 'today') return { from: new Date(new Date(now).setHours(0, 0, 0, 0)).toISOString() }
  if (time !== 'between') return {}
  return {
    ...(isDay(from) ? { from: startOf(from).toISOString() } : {}),
    ...(isDay(to) ? { to: new Date(startOf(to, 1).getTime() - 1).toISOString() } : {}),
  }
}

const isStatusClass = (text: string): text is '2xx' | '3xx' | '4xx' | '5xx' | 'none' =>
  statusChoices.some(([status]) => status === text)

/** @param now milliseconds since 1970. */
export function queryOf(filter: HistoryFilter, now: number): Omit<HistoryQuery, 'limit'> {
  const plain = (['bank', 'environment', 'operation', 'fault', 'error', 'identity'] as const).flatMap((name) =>
    filter[name] === '' ? [] : [[name, filter[name]] as const],
  )
  const words = filter.words.trim().slice(0, 500)
  return {
    ...Object.fromEntries(plain),
    ...(words === '' ? {} : { words }),
    ...(isStatusClass(filter.status) ? { status: filter.status } : {}),
    ...rangeOf(filter, now),
  }
}

export const isNarrowed = (filter: HistoryFilter): boolean =>
  (Object.keys(noFilter) as (keyof HistoryFilter)[]).some((name) => filter[name] !== '')

/** The same filter has the same text. */
export const filterKey = (filter: HistoryFilter): string =>
  JSON.stringify((Object.keys(noFilter) as (keyof HistoryFilter)[]).map((name) => filter[name].trim()))
