/** The bank, environment, identity and grant a call would use now, as every view shows them. */

import { anyIdentity } from '#shared/any-identity.ts'
import type { Grant, Registration } from '#shared/contract/access.ts'
import type { BankView } from '#shared/contract/banks.ts'
import type { IdentityView } from '#shared/contract/keys.ts'
import { useApp } from './app-state.ts'
import { banks, grants, identities, registrations } from './live-data.ts'

export interface Selection {
  readonly bank: BankView | null
  readonly environment: BankView['environments'][number] | null
  /** The chosen identity, or the only one there is. */
  readonly identity: IdentityView | null
  readonly registration: Registration | null
  /** Grants of this bank, environment and identity, the one good for longest first. */
  readonly grants: readonly Grant[]
}

export function useSelection(): Selection {
  const { bank: bankId, environment: environmentId, identity: identityId } = useApp()
  const bank = banks().value?.find((each) => each.id === bankId) ?? null
  const environment = bank?.environments.find((each) => each.id === environmentId) ?? null
  const all = identities().value ?? []
  const identity = all.find((each) => each.id === identityId) ?? (all.length === 1 ? all[0]! : null)
  const here = <Thing extends { bank: string; environment: string }>(thing: Thing) =>
    thing.bank === bankId && thing.environment === environmentId
  const registration =
    registrations().value?.find((each) => here(each) && each.clientId === identity?.organizationIdentifier) ?? null
  const mine = (grants().value ?? []).filter(
    (each) => here(each) && [identity?.id, anyIdentity].includes(each.identity),
  )
  return {
    bank,
    environment,
    identity,
    registration,
    grants: [...mine].sort((a, b) => (a.accessTokenExpiresAt < b.accessTokenExpiresAt ? 1 : -1)),
  }
}
