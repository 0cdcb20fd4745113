/** The tenants a person here can be: the organizationIdentifiers of the identities on this machine, and nobody. */
import { useState } from 'react'
import { identities } from '../live-data.ts'
import { useSelection } from '../selection.ts'

export interface Tenants {
  /** Each with the names of the identities that carry it. */
  readonly all: readonly { readonly id: string; readonly names: string }[]
  readonly chosen: string | null
  readonly choose: (id: string) => void
}

/** Where the sandbox logs calls it cannot tell a tenant of, such as those without a client certificate. */
const nobody = { id: '-', names: 'calls without a known certificate' }

/** @param withNobody whether that log can be chosen too. */
export function useTenants(withNobody: boolean): Tenants {
  const { value } = identities()
  const { identity } = useSelection()
  const [wanted, choose] = useState<string | null>(null)
  const byId = new Map<string, string[]>()
  for (const { organizationIdentifier: id, name } of value ?? []) {
    if (id !== null) byId.set(id, [...(byId.get(id) ?? []), name])
  }
  const all = [...byId].map(([id, names]) => ({ id, names: names.join(', ') }))
  if (withNobody) all.push(nobody)
  const known = new Set(all.map(({ id }) => id))
  const chosen =
    [wanted, identity?.organizationIdentifier, all[0]?.id].find((id) => id != null && known.has(id)) ?? null
  return { all, chosen, choose }
}
