/** Opens the error row another view asked for, in whichever bank's table it stands. */
import { useEffect } from 'react'
import type { ErrorView } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { fulfilled, useWishes } from '../open.ts'
import { notify } from '../ui/notifications.tsx'
import { bankAtHand, noFilter } from './error-filter.ts'
import { changeErrorsView } from './errors-view.ts'

/** @param rows the whole reference; null while it is loaded. */
export function useSoughtError(rows: readonly ErrorView[] | null): void {
  const { error } = useWishes()
  const { bank } = useApp()
  useEffect(() => {
    if (error === null || rows === null) return
    fulfilled('error')
    const row = rows.find(({ id }) => id === error)
    if (row === undefined) notify('caution', 'No bank has this error row', error)
    else
      changeErrorsView({
        ...noFilter,
        bank: row.bank === bank ? bankAtHand : row.bank,
        selected: error,
        shape: 'rows',
      })
  }, [error, rows, bank])
}
