/** Opens the error row another view asked for, in whichever bank's table it stands. */
import { useEffect } from 'react'
import type { ErrorView } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { choose } from '../app-state.ts'
import { fulfilled, useWishes } from '../open.ts'
import { notify } from '../ui/notifications.tsx'
import { noFilter } from './error-filter.ts'
import { changeErrorsView } from './errors-view.ts'

async function goTo(id: string): Promise<void> {
  const found = await api.banks.errors({ words: [id] }).catch(() => [])
  const row = found.find((each) => each.id === id)
  if (row === undefined) notify('caution', 'No bank has this error row', id)
  else choose({ bank: row.bank })
}

/** @param rows the shown bank's table; null while it is loaded. */
export function useSoughtError(rows: readonly ErrorView[] | null): void {
  const { error } = useWishes()
  useEffect(() => {
    if (error === null || rows === null) return
    changeErrorsView({ ...noFilter, selected: error })
    fulfilled('error')
    if (!rows.some(({ id }) => id === error)) void goTo(error)
  }, [error, rows])
}
