/** The last outcome of a registration, per identity and environment: the exchange that had it is found again in history. */
import { api } from '../api.ts'
import { keep, useApp } from '../app-state.ts'
import { registrations } from '../live-data.ts'
import { useLoaded } from '../ui/use-loaded.ts'
import type { Outcome } from './registration-outcome.tsx'

interface KeptOutcome {
  readonly exchange: string
  readonly already: boolean
  readonly accepted: boolean
}

/** Of one identity in one environment of a bank: what another identity was told is nobody else's. */
export const placeOfIdentity = (bank: string, environment: string, identity: string | null): string =>
  `${bank}/${environment}/${identity ?? ''}`

const isKept = (value: unknown): value is KeptOutcome =>
  typeof value === 'object' && value !== null && 'exchange' in value && typeof value.exchange === 'string'

export function keepOutcome(place: string, { exchange, already, registration }: Outcome): void {
  const all = useApp.getState().kept['registration-outcomes']
  const kept: KeptOutcome = { exchange: exchange.id, already, accepted: registration !== null }
  keep('registration-outcomes', { ...(all as object | undefined), [place]: kept })
}

/** null where none was kept, while it is read, and when its exchange is no longer in history. */
export function useKeptOutcome(place: string): Outcome | null {
  const all = useApp().kept['registration-outcomes'] as Readonly<Record<string, unknown>> | undefined
  const kept = all?.[place]
  const own = isKept(kept) ? kept : null
  const { value } = useLoaded(own?.exchange ?? null, (id) => api.history.show({ id }))
  const known = registrations().value
  if (own === null || value === null || value.id !== own.exchange) return null
  const registration =
    known?.find((each) => placeOfIdentity(each.bank, each.environment, each.identity) === place) ?? null
  return { registration: own.accepted ? registration : null, already: own.already, exchange: value }
}
