/** Finds what a caller names inside a bank, or says what is near it. */
import type { BankEnvironment } from '#shared/bank-environment.ts'
import { Fault } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'
import type { Bank, Operation } from './bank.ts'

/** What is searched. */
type Searched = Pick<Bank, 'id' | 'name' | 'operations' | 'profile'>

/** Throws OPERATION_UNKNOWN with the near ids. */
export function findOperation(bank: Searched, id: string): Operation {
  const found = bank.operations.find((operation) => operation.id === id)
  if (found) return found
  const ids = bank.operations.map((operation) => operation.id)
  const near = nearest(id, ids)
  const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : `List them with: tpp operations ${bank.id}`
  throw new Fault('OPERATION_UNKNOWN', `${bank.name} has no operation "${id}". ${hint}`, {
    bank: bank.id,
    operation: id,
    near,
  })
}

/** Throws ENVIRONMENT_UNKNOWN with the ids there are. */
export function findEnvironment(bank: Searched, id: string): BankEnvironment {
  const found = bank.profile.environments.find((environment) => environment.id === id)
  if (found) return found
  const known = bank.profile.environments.map((environment) => environment.id)
  throw new Fault('ENVIRONMENT_UNKNOWN', `${bank.name} has no environment "${id}". It has ${known.join(', ')}.`, {
    bank: bank.id,
    environment: id,
    near: known,
  })
}
