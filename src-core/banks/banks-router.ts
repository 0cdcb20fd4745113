/** Answers the contract's calls about banks. */
import { implement } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import type { BankShelf } from './bank-shelf.ts'
import { bankView, operationViews, searchErrors } from './bank-views.ts'

export interface BanksParts {
  readonly banks: BankShelf
  /** Ids of the banks the running sandbox serves. */
  sandboxBanks(): Promise<readonly string[]>
}

export function banksRouter({ banks, sandboxBanks }: BanksParts) {
  const os = implement(contract.banks)
  return os.router({
    list: os.list.handler(async () => {
      const served = await sandboxBanks()
      return (await banks.all()).map((bank) => bankView(bank, (id) => served.includes(id)))
    }),
    operations: os.operations.handler(async ({ input }) => operationViews(await banks.open(input.bank))),
    errors: os.errors.handler(async ({ input }) =>
      searchErrors(input.bank === undefined ? await banks.all() : [await banks.open(input.bank)], input.words),
    ),
  })
}
