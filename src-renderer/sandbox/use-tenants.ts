/** Whose things can be looked at: the organisations of the identities on this machine and those the sandbox has met. */
import type { SandboxTenant } from '#shared/sandbox-state.ts'
import { api } from '../api.ts'
import { identities } from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { changeSandboxView, useSandboxView } from './sandbox-view.ts'
import { type Polled, usePolled } from './use-polled.ts'

/** Where the sandbox logs calls it cannot tell a tenant of, such as those without a client certificate. */
export const nobody = '-'

export interface TenantOption {
  readonly id: string
  /** Names of the identities here that carry it. */
  readonly names: readonly string[]
  /** null: the sandbox has not met it. */
  readonly known: SandboxTenant | null
}

export interface Tenants {
  readonly all: readonly TenantOption[]
  readonly chosen: TenantOption | null
  readonly choose: (id: string) => void
  readonly list: Polled<readonly SandboxTenant[]>
  /** Whether everything may be steered from here; with the token of one tenant it may not. */
  readonly keeper: boolean
}

/** Milliseconds between two looks at who is there. */
const pause = 5000

const sameList = (one: readonly SandboxTenant[], other: readonly SandboxTenant[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/**
 * @param withNobody whether the calls of nobody can be chosen too.
 * @param attached whether the sandbox is another machine's: then only what its token steers can be chosen.
 */
export function useTenants(withNobody: boolean, attached: boolean): Tenants {
  const { value } = identities()
  const { identity } = useSelection()
  const { tenant: wanted } = useSandboxView()
  const list = usePolled(() => api.sandbox.tenants(), pause, sameList)
  const keeper = !attached || list.value?.some(({ tenant }) => tenant === nobody) === true
  const known = new Map(list.value?.map((each) => [each.tenant, each]))
  const names = new Map<string, string[]>()
  for (const { organizationIdentifier: id, name } of value ?? [])
    if (id !== null && (keeper || known.has(id))) names.set(id, [...(names.get(id) ?? []), name])
  const ids = [...new Set([...names.keys(), ...known.keys()])].filter((id) => id !== nobody)
  const all = [...ids, ...(withNobody && keeper ? [nobody] : [])].map((id) => ({
    id,
    names: names.get(id) ?? [],
    known: known.get(id) ?? null,
  }))
  const first = [wanted, identity?.organizationIdentifier, all[0]?.id].find((id) => all.some((each) => each.id === id))
  const chosen = all.find(({ id }) => id === first) ?? null
  return { all, chosen, choose: (id) => changeSandboxView({ tenant: id }), list, keeper }
}
