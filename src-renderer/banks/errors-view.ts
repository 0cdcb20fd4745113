/** What a person has narrowed the error reference down to, kept across views and reloads. */
import { keep, useApp } from '../app-state.ts'
import { type ErrorFilter, noFilter } from './error-filter.ts'

export interface ErrorsView extends ErrorFilter {
  readonly selected: string | null
  /** Rows one under the other, or what each bank answers to the same fault. */
  readonly shape: 'rows' | 'topics'
}

const initial: ErrorsView = { ...noFilter, selected: null, shape: 'rows' }

const read = (kept: Readonly<Record<string, unknown>>): ErrorsView => ({
  ...initial,
  ...(kept.errors as Partial<ErrorsView> | undefined),
})

export const useErrorsView = (): ErrorsView => read(useApp().kept)

export const changeErrorsView = (change: Partial<ErrorsView>): void =>
  keep('errors', { ...read(useApp.getState().kept), ...change })
