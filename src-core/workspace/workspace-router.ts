/** Answers the contract's calls about the workspace. */
import { implement } from '@orpc/server'
import { workspace } from '#shared/contract/workspace.ts'
import type { ChangeFeed } from './change-feed.ts'
import { type DoctorParts, examine } from './doctor.ts'
import type { IdleLock } from './idle-lock.ts'
import type { ChosenKeyStore } from './key-store.ts'
import type { WindowMemory } from './window-state.ts'

export interface WorkspaceParts extends DoctorParts {
  readonly keyStore: ChosenKeyStore
  readonly feed: ChangeFeed
  readonly idleLock: IdleLock
  readonly window: WindowMemory
  /** Drops everything secret held in memory. */
  lock(): Promise<void>
}

export function workspaceRouter(parts: WorkspaceParts) {
  const os = implement(workspace)
  const { keyStore, feed } = parts
  const changed = async () => {
    feed.publish({ area: 'workspace' })
    return keyStore.report()
  }
  return os.router({
    doctor: os.doctor.handler(() => examine(parts)),
    keyStore: os.keyStore.handler(() => keyStore.report()),
    chooseKeyStore: os.chooseKeyStore.handler(async ({ input }) => {
      await keyStore.choose(input.choice)
      return changed()
    }),
    unlockVault: os.unlockVault.handler(async ({ input }) => {
      await keyStore.unlock(input.passphrase)
      return changed()
    }),
    lock: os.lock.handler(async () => {
      await parts.lock()
      return changed()
    }),
    idleLock: os.idleLock.handler(async () => ({ minutes: await parts.idleLock.minutes() })),
    lockAfter: os.lockAfter.handler(async ({ input }) => {
      await parts.idleLock.lockAfter(input.minutes)
      return input
    }),
    present: os.present.handler(async () => {
      await parts.idleLock.present()
      return {}
    }),
    changes: os.changes.handler(({ signal }) => feed.listen(signal)),
    recallWindow: os.recallWindow.handler(() => parts.window.recall()),
    rememberWindow: os.rememberWindow.handler(async ({ input }) => {
      await parts.window.remember(input)
      return { kept: true }
    }),
  })
}
