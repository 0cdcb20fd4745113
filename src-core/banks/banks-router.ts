/** Answers the contract's calls about banks. */
import { implement } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import type { BankShelf } from './bank-shelf.ts'
import { bankDetail, bankView, operationViews, searchErrors } from './bank-views.ts'
import { operationDetail } from './operation-detail.ts'

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
    describe: os.describe.handler(async ({ input }) => {
      const served = await sandboxBanks()
      return bankDetail(await banks.open(input.bank), (id) => served.includes(id))
    }),
    operation: os.operation.handler(async ({ input }) => {
      const bank = await banks.open(input.bank)
      const operation = bank.operation(input.operation)
      const view = operationViews(bank).find((each) => each.id === operation.id)!
      return operationDetail(bank, operation, view)
    }),
    operations: os.operations.handler(async ({ input }) => operationViews(await banks.open(input.bank))),
    errors: os.errors.handler(async ({ input }) =>
      searchErrors(input.bank === undefined ? await banks.all() : [await banks.open(input.bank)], input.words),
    ),
  })
}
