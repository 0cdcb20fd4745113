/** A key store in memory, for tests whose subject is not the key store. */
import { Fault } from '#shared/fault.ts'
import type { KeySecrets } from '../open-keys.ts'

export interface MemorySecrets extends KeySecrets {
  readonly held: Map<string, Buffer>
  /** While true every call is answered with KEYCHAIN_LOCKED. */
  locked: boolean
  /** Every buffer that was given to `set` or handed out by `get`: who uses it has to overwrite it. */
  readonly seen: Uint8Array[]
}

export function createMemorySecrets(): MemorySecrets {
  const held = new Map<string, Buffer>()
  const store: MemorySecrets = {
    held,
    seen: [],
    locked: false,
    async get(id) {
      open()
      const found = held.get(id)
      if (found === undefined) return null
      const copy = Buffer.from(found)
      store.seen.push(copy)
      return copy
    },
    async set(id, secret) {
      open()
      store.seen.push(secret)
      held.set(id, Buffer.from(secret))
    },
    async delete(id) {
      open()
      return held.delete(id)
    },
  }
  const open = (): void => {
    if (store.locked) throw new Fault('KEYCHAIN_LOCKED')
  }
  return store
}
