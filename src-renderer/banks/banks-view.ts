/** What of a bank the view Banks shows, kept across views and reloads, and the field somebody asked to be led to. */
import { create } from 'zustand'
import { keep, useApp } from '../app-state.ts'

export type BankTab = 'facts' | 'environments' | 'assumptions' | 'folder' | 'edit'

export interface BanksView {
  /** Id of the bank that is looked at; null: the one calls go to. */
  readonly bank: string | null
  readonly environment: string | null
  readonly tab: BankTab
  /** A bank is being added instead of looked at. */
  readonly adding: boolean
}

const initial: BanksView = { bank: null, environment: null, tab: 'facts', adding: false }

const read = (kept: Readonly<Record<string, unknown>>): BanksView => ({
  ...initial,
  ...(kept.banks as Partial<BanksView> | undefined),
})

export const useBanksView = (): BanksView => read(useApp().kept)

export const changeBanksView = (change: Partial<BanksView>): void =>
  keep('banks', { ...read(useApp.getState().kept), ...change })

/** A field of the environment, as `urls.resource`. It stays named after it was shown, so that no filter hides it again. */
export const useSoughtField = create<{ readonly field: string | null; readonly shown: boolean }>(() => ({
  field: null,
  shown: true,
}))

export const seekField = (field: string | null): void => useSoughtField.setState({ field, shown: field === null })
export const fieldShown = (): void => useSoughtField.setState({ shown: true })

/** Opens an environment of a bank, at one of its fields where one is named. */
export function showEnvironment(bank: string, environment: string, field: string | null = null): void {
  changeBanksView({ bank, environment, tab: 'environments', adding: false })
  seekField(field)
}
