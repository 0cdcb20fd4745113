/** Answers the contract's calls about keys. */
import { implement } from '@orpc/server'
import { keys } from '#shared/contract/keys.ts'
import type { Identities } from './identities.ts'

/** `changed` is called when the list of identities is another than before. */
export function keysRouter(identities: Identities, changed: () => void) {
  const os = implement(keys)
  const noting = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work
    changed()
    return result
  }
  return os.router({
    order: os.order.handler(({ input }) => noting(identities.order(input))),
    import: os.import.handler(({ input }) => noting(identities.import(input))),
    list: os.list.handler(() => identities.list()),
    inspect: os.inspect.handler(({ input }) => identities.inspect(input.identity)),
    delete: os.delete.handler(({ input }) => noting(identities.delete(input.identity))),
  })
}
