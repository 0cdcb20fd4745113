/** Puts the engine together: every area gets what it draws on as an argument, and the contract gets its handlers. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient, implement } from '@orpc/server'
import { type Contract, contract } from '#shared/contract/contract.ts'
import { isFault } from '#shared/fault.ts'
import { toWire } from '#shared/wire.ts'
import { accessRouter } from './access/access-router.ts'
import { banksRouter } from './banks/banks-router.ts'
import { historyRouter } from './history/history-router.ts'
import { certificateNames } from './keys/certificate-names.ts'
import { readRecord } from './keys/identity-records.ts'
import { keysRouter } from './keys/keys-router.ts'
import { openParts, type Parts } from './open-parts.ts'
import type { Ports } from './ports.ts'
import { readBody } from './requests/read-body.ts'
import { requestsRouter } from './requests/requests-router.ts'
import { accessPartsOf, repeating, sendPartsOf } from './send-parts.ts'
import { createErrorLog } from './workspace/error-log.ts'
import { workspaceRouter } from './workspace/workspace-router.ts'

/** The typed client every host hands to its user. */
export type WorkbenchClient = ContractRouterClient<Contract>

export interface Workbench {
  /** Answers every call of the contract, in process. */
  readonly client: WorkbenchClient
  /** The same for a transport to serve, with what every call has to go through (`clientInterceptors`). */
  readonly router: WorkbenchRouter
  readonly intercept: CallInterceptor
  /** Drops keys, tokens and connections held in memory (screen lock, suspend). */
  lock(): Promise<void>
  /** Resolves when the sandbox started here has ended. */
  sandboxEnded(): Promise<void>
  /** Closes connections and files and stops the sandbox started here. */
  close(): Promise<void>
}

function routerOf(parts: Parts, ports: Ports) {
  const { banks, overrides, proxyPasswords, identities, sandbox, sandboxArea, keyStore, log, feed, window, lock } =
    parts
  const sendParts = sendPartsOf(parts)
  const accessParts = accessPartsOf(parts, sendParts, ports)
  return implement(contract).router({
    banks: banksRouter({
      banks,
      overrides,
      proxyPasswords,
      places: { shipped: join(ports.resourcesFolder, 'banks'), user: parts.at.banks },
      checkFolder: async (folder) => (await import('./banks/check/check-folder.ts')).checkBankFolder(folder),
      sandboxBanks: sandbox.banks,
      sandboxUrls: (bank) =>
        sandbox.endpoints(bank).then(
          ({ urls }) => urls,
          () => ({}),
        ),
      requireIdentity: identities.resolve,
      changed: (bank) => feed.publish({ area: 'banks', id: bank }),
    }),
    keys: keysRouter(identities, () => feed.publish({ area: 'keys' })),
    access: accessRouter(accessParts),
    requests: requestsRouter({
      exchange: log.show,
      certificate: async (id) => (await readRecord(parts.at.identities, id).catch(() => null))?.certificates[0] ?? null,
      readNames: certificateNames,
      ...sendParts,
      ...repeating(parts, accessParts),
      banks,
      changed: (call) => feed.publish({ area: 'requests', id: call }),
      body: readBody(parts.large, parts.log),
    }),
    history: historyRouter(log, () => feed.publish({ area: 'history' })),
    sandbox: sandboxArea.router,
    workspace: workspaceRouter({
      dataFolder: ports.dataFolder,
      keyStore,
      feed,
      window,
      lock,
      probeStore: keyStore.secrets.probe,
      async countBanks() {
        const all = await banks.all()
        return { banks: all.length, operations: all.reduce((sum, bank) => sum + bank.operations.length, 0) }
      },
      readHistory: () => log.list({ limit: 1 }),
      sandboxBanks: sandbox.banks,
    }),
  })
}

export type WorkbenchRouter = ReturnType<typeof routerOf>

/** What every call goes through: whatever is thrown crosses as a fault, and our own mistakes are written down. */
type CallInterceptor = (call: { next(): Promise<unknown> }) => Promise<unknown>

/** Opens the engine over one data folder. Nothing is read or contacted before the first call. */
export async function openWorkbench(ports: Ports): Promise<Workbench> {
  await mkdir(ports.dataFolder, { recursive: true, mode: 0o700 })
  const parts = openParts(ports, openWorkbench)
  void parts.sweep()
  const logError = createErrorLog(parts.at.logs)
  const router = routerOf(parts, ports)
  const intercept: CallInterceptor = async ({ next }) => {
    try {
      return await next()
    } catch (error) {
      const known = toWire(error)
      if (known.code === 'INTERNAL' && !isFault(error)) await logError(error)
      throw known
    }
  }
  return {
    router,
    intercept,
    client: createRouterClient(router, { interceptors: [intercept as never] }),
    lock: parts.lock,
    sandboxEnded: parts.sandboxArea.ended,
    async close() {
      await parts.sandboxArea.stop()
      await parts.lock()
      parts.log.close()
    },
  }
}
