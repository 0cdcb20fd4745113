/** The consent or payment that is looked at in Access, kept across views and reloads. */
import { keep, useApp } from '../app-state.ts'

const read = (kept: Readonly<Record<string, unknown>>): string | null =>
  (kept.access as { consent?: string | null } | undefined)?.consent ?? null

export const useChosenConsent = (): string | null => read(useApp().kept)

export const chooseConsent = (consent: string | null): void => keep('access', { consent })
