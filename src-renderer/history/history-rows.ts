/** The exchanges listed: asked of the engine as the filter says, page by page, renewed as calls are made. */
import { useEffect } from 'react'
import { create } from 'zustand'
import type { HistoryQuery, HistoryRow } from '#shared/contract/history.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { recentHistory } from '../live-data.ts'
import { filterKey, type HistoryFilter, isNarrowed, queryOf } from './history-filter.ts'
import { historyStatus } from './history-status.ts'
import { type Listed, mergeRows } from './merge-rows.ts'

/** Rows of the first page, and of each one after it. */
const firstPage = 200
const nextPage = 1000
/** Milliseconds without a key before words are searched for. */
const pause = 120

interface Rows extends Listed {
  /** Key of the filter the rows are of; null before the first answer. */
  readonly key: string | null
  readonly loading: 'search' | 'older' | null
  /** A search was stopped before it ended; the rows are those of before. */
  readonly stopped: boolean
  readonly fault: Fault | null
}

export const useRows = create<Rows>(() => ({
  key: null,
  rows: [],
  more: false,
  loading: null,
  stopped: false,
  fault: null,
}))

let underWay: AbortController | null = null
/** Of the rows that are listed: what is relative to now stays where it was when more are read. */
let query: Omit<HistoryQuery, 'limit'> = {}

/** Ends what is under way; the newest work wins. */
function begin(loading: Rows['loading']): AbortSignal {
  underWay?.abort()
  underWay = new AbortController()
  useRows.setState({ loading, stopped: false, fault: null })
  return underWay.signal
}

async function asked<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result | null> {
  try {
    const result = await work()
    return signal.aborted ? null : result
  } catch (fault) {
    if (!signal.aborted) useRows.setState({ loading: null, fault: fault as Fault })
    return null
  }
}

export async function search(filter: HistoryFilter): Promise<void> {
  const signal = begin('search')
  const next = queryOf(filter, Date.now())
  const rows = await asked(signal, () => api.history.list({ ...next, limit: firstPage }, { signal }))
  // A search may be the first to meet damage, and nobody else says what became of it.
  void historyStatus.refresh()
  if (rows === null) return
  query = next
  useRows.setState({ key: filterKey(filter), rows, more: rows.length === firstPage, loading: null })
}

export function stopSearch(): void {
  underWay?.abort()
  underWay = null
  useRows.setState({ loading: null, stopped: true })
}

export async function readOlder(): Promise<void> {
  const { loading, more, rows } = useRows.getState()
  const last = rows.at(-1)
  if (loading !== null || !more || last === undefined) return
  const signal = begin('older')
  const older = await asked(signal, () =>
    api.history.list({ ...query, before: last.position, limit: nextPage }, { signal }),
  )
  if (older === null) return
  useRows.setState((now) => ({ rows: [...now.rows, ...older], more: older.length === nextPage, loading: null }))
}

/** Takes up what has happened since; a search or reading under way is not disturbed. */
async function renew(): Promise<void> {
  const { loading, key, stopped } = useRows.getState()
  if (loading !== null || key === null || stopped) return
  const page = await api.history.list({ ...query, limit: firstPage }).catch(() => null)
  const now = useRows.getState()
  if (page === null || now.key !== key || now.loading === 'search') return
  useRows.setState(mergeRows(now, page, firstPage))
}

/** They were deleted. */
export function forgetRows(ids: ReadonlySet<string>): void {
  useRows.setState(({ rows }) => ({ rows: rows.filter(({ id }) => !ids.has(id)) }))
}

/** What every view knows already, so that the list stands at once. */
function seed(filter: HistoryFilter): void {
  const known: readonly HistoryRow[] | null = recentHistory.getState().value
  if (known === null || isNarrowed(filter) || useRows.getState().key !== null) return
  query = {}
  useRows.setState({ key: filterKey(filter), rows: known, more: known.length === firstPage })
}

export function useHistoryRows(filter: HistoryFilter): Rows {
  const key = filterKey(filter)
  const state = useRows()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the filter
  useEffect(() => {
    seed(filter)
    const known = useRows.getState()
    if (known.key === key && known.loading === null) {
      void renew()
      return
    }
    const timer = setTimeout(() => void search(filter), known.key === null ? 0 : pause)
    return () => clearTimeout(timer)
  }, [key])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the filter
  useEffect(
    () =>
      recentHistory.subscribe((now, before) => {
        if (now.value === before.value) return
        // What failed is tried again when anything has changed.
        void (useRows.getState().fault === null ? renew() : search(filter))
      }),
    [key],
  )
  // A terminal on the same data folder writes history too, and does not say so here.
  useEffect(() => void recentHistory.refresh(), [])
  return state
}
