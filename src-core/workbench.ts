/** Puts the engine together: every area gets what it draws on as an argument, and the contract gets its handlers. */
import { mkdir } from 'node:fs/promises'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import type { Contract } from '#shared/contract/contract.ts'
import { isFault } from '#shared/fault.ts'
import { toWire } from '#shared/wire.ts'
import { routerOf } from './area-routers.ts'
import { openParts } from './open-parts.ts'
import type { Ports } from './ports.ts'
import { createErrorLog } from './workspace/error-log.ts'

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
