/** Locks the workbench when nobody has touched its window for a while. */
import type { SettingsFile } from './settings.ts'

/** Minutes without a sign of a person; used until somebody chose otherwise. */
export const usualMinutes = 15

export interface IdleLock {
  /** A person is here. Without a window nobody says so, and nothing is locked by itself. */
  present(): Promise<void>
  /** null: never. */
  minutes(): Promise<number | null>
  /** Counted from the last sign of a person. */
  lockAfter(minutes: number | null): Promise<void>
  /** Forgets the person. */
  stop(): void
}

/** What runs meanwhile does not count: keys must not stay open because a program goes on without its person. */
export function createIdleLock(settings: SettingsFile, lock: () => Promise<void>): IdleLock {
  let seen: number | null = null
  let timer: NodeJS.Timeout | undefined
  const minutes = async (): Promise<number | null> => {
    const { lockAfter } = await settings.read()
    return lockAfter === undefined ? usualMinutes : lockAfter
  }
  const stop = (): void => {
    clearTimeout(timer)
    seen = null
  }
  const watch = async (): Promise<void> => {
    if (seen === null) return
    // Damaged settings must not keep keys open.
    const allowed = await minutes().catch(() => usualMinutes)
    clearTimeout(timer)
    if (seen === null || allowed === null) return
    const left = seen + allowed * 60_000 - Date.now()
    if (left > 0) {
      timer = setTimeout(() => void watch(), left).unref()
      return
    }
    stop()
    await lock()
  }
  return {
    minutes,
    stop,
    async present() {
      // A clock stands still while the machine sleeps: whoever wakes it finds the workbench locked.
      await watch()
      const first = seen === null
      seen = Date.now()
      // A clock that runs looks at `seen` when it rings.
      if (first) await watch()
    },
    async lockAfter(chosen) {
      await settings.change({ lockAfter: chosen })
      await watch()
    },
  }
}
