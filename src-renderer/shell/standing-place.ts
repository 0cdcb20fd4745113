/** Keeps the place of the window one that exists: a bank may have gone, and not every bank has every environment and view. */
import { useEffect } from 'react'
import { choose, show, useApp } from '../app-state.ts'
import { bankDetail, banks } from '../live-data.ts'
import { viewsOf } from '../views.tsx'

export function useStandingPlace(): void {
  const { bank, environment, view } = useApp()
  const { value } = banks()
  const detail = bankDetail(bank)().value
  useEffect(() => {
    if (detail !== null && !viewsOf(detail).some(({ id }) => id === view)) show('overview')
  }, [detail, view])
  useEffect(() => {
    if (value === null || value.length === 0) return
    const found = value.find(({ id }) => id === bank)
    const here = found ?? value[0]!
    const known = here.environments.find(({ id }) => id === environment)
    // One that can be used before one that has to be filled in first; nobody is put into production unasked.
    const tame = here.environments.filter(({ kind }) => kind !== 'production')
    const place = known ?? tame.find(({ ready }) => ready) ?? tame[0] ?? here.environments[0]
    if (here.id !== bank || place?.id !== environment)
      choose({ bank: here.id, ...(place !== undefined && { environment: place.id }) })
  }, [value, bank, environment])
}
