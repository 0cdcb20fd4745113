/** Which PSD2 roles an operation needs of the certificate: the bank's data says so by view, else by the scope of the token. */
import type { Role } from '#shared/contract/keys.ts'
import type { Bank, Operation } from '../banks/bank.ts'

const known = new WeakMap<Bank, Map<string, readonly Role[]>>()

function rolesOf({ profile, tags }: Bank, operation: Operation): readonly Role[] {
  const view = tags.find(({ name }) => name === operation.tags[0])?.view ?? null
  const own = view === null ? undefined : profile.roles?.[view]
  if (own !== undefined) return own
  const scopes = profile.access !== undefined && 'scopes' in profile.access ? profile.access.scopes : []
  return scopes.find(({ scope }) => scope === operation.scope)?.roles ?? []
}

/** One of them is enough; empty where the bank's data asks for none. */
export function neededRoles(bank: Bank, operation: Operation): readonly Role[] {
  const roles = known.get(bank) ?? new Map<string, readonly Role[]>()
  known.set(bank, roles)
  const found = roles.get(operation.id) ?? rolesOf(bank, operation)
  roles.set(operation.id, found)
  return found
}
