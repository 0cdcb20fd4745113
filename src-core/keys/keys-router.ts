/** Answers the contract's calls about keys. */
import { implement } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import type { Identities } from './identities.ts'

export function keysRouter(identities: Identities) {
  const os = implement(contract.keys)
  return os.router({
    order: os.order.handler(({ input }) => identities.order(input)),
    import: os.import.handler(({ input }) => identities.import(input)),
    list: os.list.handler(() => identities.list()),
    inspect: os.inspect.handler(({ input }) => identities.inspect(input.identity)),
    delete: os.delete.handler(({ input }) => identities.delete(input.identity)),
  })
}
