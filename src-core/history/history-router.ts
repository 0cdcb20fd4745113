/** Answers the contract's calls about history. */
import { implement } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import type { ExchangeLog } from './exchange-log.ts'

export function historyRouter(log: ExchangeLog) {
  const os = implement(contract.history)
  return os.router({
    list: os.list.handler(({ input }) => log.list(input.limit, input.bank)),
    show: os.show.handler(({ input }) => log.show(input.id)),
  })
}
