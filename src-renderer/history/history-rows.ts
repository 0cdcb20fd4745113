/** The exchanges shown: the newest as they come, older ones once asked for. */
import { useEffect } from 'react'
import { create } from 'zustand'
import type { HistoryRow } from '#shared/contract/history.ts'
import { api } from '../api.ts'
import { recentHistory } from '../live-data.ts'

/** Rows the engine hands out at most. */
const most = 1000

const useGathered = create<{ rows: readonly HistoryRow[]; asked: boolean }>(() => ({ rows: [], asked: false }))

/** Rows never change once written: the union of what was loaded, newest first. */
function union(fresh: readonly HistoryRow[], known: readonly HistoryRow[]): readonly HistoryRow[] {
  const ids = new Set(fresh.map(({ id }) => id))
  const older = known.filter(({ id }) => !ids.has(id))
  return [...fresh, ...older].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

const gather = (fresh: readonly HistoryRow[]): void =>
  useGathered.setState(({ rows }) => ({ rows: union(fresh, rows) }))

export async function loadOlder(): Promise<void> {
  gather(await api.history.list({ limit: most }))
  useGathered.setState({ asked: true })
}

export function useHistoryRows() {
  const { value, fault, refresh } = { ...recentHistory(), refresh: recentHistory.refresh }
  const { rows, asked } = useGathered()
  // A terminal on the same data folder writes history too, and does not say so here.
  useEffect(() => void recentHistory.refresh(), [])
  useEffect(() => {
    if (value !== null) gather(value)
  }, [value])
  return {
    rows: rows.length === 0 ? (value ?? []) : rows,
    loaded: value !== null,
    fault,
    refresh,
    /** Whether there may be older ones that can still be loaded. */
    more: !asked && (value?.length ?? 0) >= 200,
    /** Older ones exist beyond what the engine lists. */
    cut: asked && rows.length >= most,
  }
}
