/** Loads what the calls about one consent or payment are read off: the exchange that created it, and the bank's operations. */
import { useMemo } from 'react'
import type { Remembered } from '#shared/contract/followed.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { bankOperations } from '../live-data.ts'
import { useLoaded } from '../ui/use-loaded.ts'
import { type CallAbout, type Creation, callsAbout } from './calls-about.ts'

async function creationOf(exchange: string): Promise<Creation> {
  const { operation, request } = await api.history.show({ id: exchange })
  return { operation, url: request.url }
}

/** null while they are loaded, and when history no longer has the creation. */
export function useCallsAbout(
  bank: string,
  { exchange, resource, authorisations }: Remembered,
): { readonly value: readonly CallAbout[] | null; readonly fault: Fault | null } {
  const creation = useLoaded(exchange, creationOf)
  const operations = bankOperations(bank)()
  const value = useMemo(() => {
    if (creation.value === null || operations.value === null) return null
    const ids = authorisations.map(({ id }) => id)
    return callsAbout(creation.value, resource, ids, operations.value)
  }, [creation.value, operations.value, resource, authorisations])
  return { value, fault: creation.fault ?? operations.fault }
}
