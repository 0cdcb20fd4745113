/** Opens the environment, or the way to a new bank, that another view asked for. */
import { useEffect } from 'react'
import { fulfilled, useWishes } from '../open.ts'
import { changeBanksView, showEnvironment } from './banks-view.ts'

export function useSoughtEnvironment(): void {
  const { environment } = useWishes()
  useEffect(() => {
    if (environment === null) return
    fulfilled('environment')
    if (environment === 'add') changeBanksView({ adding: true })
    else showEnvironment(environment.bank, environment.environment, environment.field ?? null)
  }, [environment])
}
