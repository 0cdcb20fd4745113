/** What a person has narrowed History down to and opened, kept across views and reloads. */
import { keep, useApp } from '../app-state.ts'
import { type HistoryFilter, noFilter } from './history-filter.ts'

export interface HistoryView extends HistoryFilter {
  readonly selected: string | null
}

const initial: HistoryView = { ...noFilter, selected: null }

const read = (kept: Readonly<Record<string, unknown>>): HistoryView => ({
  ...initial,
  ...(kept.history as Partial<HistoryView> | undefined),
})

export const useHistoryView = (): HistoryView => read(useApp().kept)

export const changeHistoryView = (change: Partial<HistoryView>): void =>
  keep('history', { ...read(useApp.getState().kept), ...change })
