/** Which payment, mandate or basket is looked at in its view, kept across views and reloads; `new`: the form for another one. */
import { keep, useApp } from '../app-state.ts'

export const newOne = 'new'

const key = (kind: string, bank: string): string => `chosen ${kind} ${bank}`

export function useChosen(kind: string): readonly [string | null, (id: string | null) => void] {
  const { bank, kept } = useApp()
  const value = kept[key(kind, bank)]
  return [typeof value === 'string' ? value : null, (id) => choose(kind, bank, id)]
}

export const choose = (kind: string, bank: string, id: string | null): void => keep(key(kind, bank), id)
