/** Answers the contract's calls about banks. */
import { implement } from '@orpc/server'
import { bankImport } from '#shared/contract/bank-import.ts'
import { banks as banksContract, type EnvironmentDetail } from '#shared/contract/banks.ts'
import type { BankShelf } from './bank-shelf.ts'
import { bankDetail, bankView, environmentView, operationViews } from './bank-views.ts'
import { checkOverride } from './check-override.ts'
import { environmentDetail, type SandboxUrls } from './environment-detail.ts'
import type { EnvironmentOverrides } from './environment-overrides.ts'
import { searchErrors } from './error-views.ts'
import { type ImportParts, importHandlers } from './import/import-router-part.ts'
import { operationDetail } from './operation-detail.ts'
import type { ProxyPasswords } from './proxy-passwords.ts'
import { forgetEnvironment, keepEnvironment } from './set-environment.ts'

export interface BanksParts extends ImportParts {
  readonly banks: BankShelf
  readonly overrides: EnvironmentOverrides
  readonly proxyPasswords: ProxyPasswords
  /** Ids of the banks the running sandbox serves. */
  sandboxBanks(): Promise<readonly string[]>
  /** Empty when it does not serve the bank. */
  sandboxUrls(bank: string): Promise<SandboxUrls>
  /** Throws IDENTITY_UNKNOWN. */
  requireIdentity(ref: string): Promise<unknown>
  /** A bank or one of its environments is another than before. */
  changed(bank: string): void
}

export function banksRouter(parts: BanksParts) {
  const { banks, sandboxBanks } = parts
  const os = implement({ ...banksContract, ...bankImport })
  const openAt = ({ bank, environment }: { bank: string; environment?: string | undefined }) =>
    environment === undefined ? banks.open(bank) : banks.at(bank, environment)
  const environmentOf = async (bank: string, environment: string): Promise<EnvironmentDetail> => {
    const [folder, here] = [await banks.open(bank), await banks.at(bank, environment)]
    return environmentDetail(folder, here, environment, await parts.sandboxUrls(bank))
  }
  const changedEnvironment = (bank: string, environment: string): Promise<EnvironmentDetail> => {
    parts.changed(bank)
    return environmentOf(bank, environment)
  }
  return os.router({
    ...importHandlers(parts),
    list: os.list.handler(async () => {
      const served = await sandboxBanks()
      const views = (await banks.all()).map(async (bank) => {
        // What a person filled in counts: an environment is ready once its URLs are there.
        const environments = bank.profile.environments.map(async ({ id }) => {
          const here = await banks.at(bank.id, id)
          return environmentView(here, here.environment(id), served.includes(bank.id))
        })
        return { ...bankView(bank, (id) => served.includes(id)), environments: await Promise.all(environments) }
      })
      return Promise.all(views)
    }),
    damaged: os.damaged.handler(async () =>
      (await banks.damaged()).map(({ id, fault }) => ({ id, message: fault.message })),
    ),
    describe: os.describe.handler(async ({ input }) => {
      const served = await sandboxBanks()
      return bankDetail(await openAt(input), (id) => served.includes(id))
    }),
    environment: os.environment.handler(({ input }) => environmentOf(input.bank, input.environment)),
    setEnvironment: os.setEnvironment.handler(async ({ input: { bank, environment, override, proxyPassword } }) => {
      const folder = await banks.open(bank)
      folder.environment(environment)
      checkOverride(folder, override)
      if (override.identity !== undefined) await parts.requireIdentity(override.identity)
      await keepEnvironment({ bank, environment }, override, proxyPassword, parts)
      return changedEnvironment(bank, environment)
    }),
    resetEnvironment: os.resetEnvironment.handler(async ({ input: { bank, environment } }) => {
      const folder = await banks.open(bank)
      folder.environment(environment)
      await forgetEnvironment({ bank, environment }, parts)
      return changedEnvironment(bank, environment)
    }),
    operation: os.operation.handler(async ({ input }) => {
      const bank = await openAt(input)
      const operation = bank.operation(input.operation)
      const view = operationViews(bank).find((each) => each.id === operation.id)!
      return operationDetail(bank, operation, view)
    }),
    operations: os.operations.handler(async ({ input }) => operationViews(await openAt(input))),
    errors: os.errors.handler(async ({ input }) =>
      searchErrors(input.bank === undefined ? await banks.all() : [await banks.open(input.bank)], input.words),
    ),
  })
}
