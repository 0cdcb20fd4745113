/** What Access alone shows: half-finished authorisations, what was created at banks, records that cannot be read. */
import { useEffect } from 'react'
import { api } from '../api.ts'
import { grants, remembered } from '../live-data.ts'
import { createResource } from '../ui/resource.ts'

export const flows = createResource(() => api.access.flows())
/** The same list other views show. */
export const consents = remembered
export const damaged = createResource(() => api.access.damaged())

const all = [flows, consents, damaged]

export async function refreshAccess(): Promise<void> {
  await Promise.all([...all, grants].map((resource) => resource.refresh()))
}

/** Loads them while they are shown. Grants are read anew whenever the engine tells of a change in access: the rest follows them. */
export function useAccessData(): void {
  useEffect(() => {
    const load = () => void Promise.all(all.map((resource) => resource.refresh()))
    load()
    // What a call counted on a grant is no change the engine tells of.
    void grants.refresh()
    return grants.subscribe(({ value, fault }, before) => {
      if (value !== before.value || fault !== before.fault) load()
    })
  }, [])
}
