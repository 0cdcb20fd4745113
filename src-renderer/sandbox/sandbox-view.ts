/** What a person looks at in the sandbox and has narrowed down, kept across views and reloads. */
import type { StateSection } from '#shared/sandbox-state.ts'
import { keep, useApp } from '../app-state.ts'

export const sandboxTabs = ['banks', 'log', 'state', 'faults', 'clock', 'tenants'] as const
export type SandboxTab = (typeof sandboxTabs)[number]

export interface SandboxView {
  readonly tab: SandboxTab
  /** organizationIdentifier; null: the one of the identity in use. */
  readonly tenant: string | null
  /** Bank whose page is shown; null: the first. */
  readonly bank: string | null
  readonly logBank: string
  /** A status class such as `4xx`, `none`, or empty for all. */
  readonly logStatus: string
  readonly logWords: string
  /** Part of the height the list of calls has. */
  readonly logShare: number
  readonly stateBank: string
  readonly stateSection: StateSection | ''
  readonly stateWords: string
}

const initial: SandboxView = {
  tab: 'banks',
  tenant: null,
  bank: null,
  logBank: '',
  logStatus: '',
  logWords: '',
  logShare: 0.45,
  stateBank: '',
  stateSection: '',
  stateWords: '',
}

const read = (kept: Readonly<Record<string, unknown>>): SandboxView => ({
  ...initial,
  ...(kept.sandbox as Partial<SandboxView> | undefined),
})

export const useSandboxView = (): SandboxView => read(useApp().kept)

export const changeSandboxView = (change: Partial<SandboxView>): void =>
  keep('sandbox', { ...read(useApp.getState().kept), ...change })
