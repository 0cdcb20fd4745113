/** What a person has narrowed History down to and opened, kept across views and reloads. */
import { keep, useApp } from '../app-state.ts'
import { type HistoryFilter, noFilter, statusChoices } from './history-filter.ts'

export interface HistoryView extends HistoryFilter {
  readonly selected: string | null
  /** Id of the exchange that the selected one is held against; null: none is. */
  readonly against: string | null
  /** A comparison leaves out what is the same. */
  readonly onlyDifferences: boolean
}

const initial: HistoryView = { ...noFilter, selected: null, against: null, onlyDifferences: false }

function read(kept: Readonly<Record<string, unknown>>): HistoryView {
  const view = { ...initial, ...(kept.history as Partial<HistoryView> | undefined) }
  return statusChoices.some(([status]) => status === view.status) ? view : { ...view, status: '' }
}

export const useHistoryView = (): HistoryView => read(useApp().kept)
export const historyView = (): HistoryView => read(useApp.getState().kept)

export const changeHistoryView = (change: Partial<HistoryView>): void =>
  keep('history', { ...historyView(), ...change })
