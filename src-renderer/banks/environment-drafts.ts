/** Unsaved changes of environments and of banks, kept across views and reloads until they are saved or dropped. */
import { keep, useApp } from '../app-state.ts'

type Drafts = Readonly<Record<string, unknown>>
const place = 'bank-drafts'

const read = (kept: Drafts): Drafts => (kept[place] as Drafts | undefined) ?? {}

/** @param about what is being changed, as `environment ica-banken/production` */
export function useDraft<Draft>(about: string): Draft | null {
  return (read(useApp().kept)[about] as Draft | undefined) ?? null
}

/** Ids of what has unsaved changes. */
export const useDrafts = (): readonly string[] => Object.keys(read(useApp().kept))

export function changeDraft<Draft>(about: string, draft: Draft | null): void {
  const { [about]: _, ...others } = read(useApp.getState().kept)
  keep(place, draft === null ? others : { ...others, [about]: draft })
}

export const environmentDraftName = (bank: string, environment: string): string => `environment ${bank}/${environment}`
export const bankDraftName = (bank: string): string => `bank ${bank}`
