/** Consents, payments and baskets this workbench created, read anew whenever an answer may have told of one. */
import { useEffect } from 'react'
import type { Remembered } from '#shared/contract/followed.ts'
import { consents as createdThings, useAccessData } from './access/access-data.ts'
import { useApp } from './app-state.ts'
import { recentHistory } from './live-data.ts'

export { createdThings }

/** Loads them while they are shown: every call ends in history, every authorisation in a grant. */
export function useCreatedThings(): void {
  useAccessData()
  useEffect(
    () =>
      recentHistory.subscribe(({ value }, before) => {
        if (value !== before.value) void createdThings.refresh()
      }),
    [],
  )
}

/** Those of the bank and environment at hand, newest first; null while they are loaded for the first time. */
export function useCreatedHere(kinds: readonly Remembered['kind'][]): readonly Remembered[] | null {
  const { bank, environment } = useApp()
  const { value } = createdThings()
  return (
    value?.filter((each) => each.bank === bank && each.environment === environment && kinds.includes(each.kind)) ?? null
  )
}
