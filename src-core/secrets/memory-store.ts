/** Keeps secrets in memory and nowhere else: for a workbench that lives as long as one piece of work. */
import { checkSecret, type SecretStore } from './secret-store.ts'

/** `lock` forgets everything: there is nothing to unlock again. */
export function createMemoryStore(): SecretStore {
  const held = new Map<string, Buffer>()
  const wipe = (id: string): boolean => {
    held.get(id)?.fill(0)
    return held.delete(id)
  }
  return {
    kind: 'vault',
    async get(id) {
      checkSecret(id)
      const secret = held.get(id)
      return secret === undefined ? null : Buffer.from(secret)
    },
    async set(id, secret) {
      checkSecret(id, secret)
      wipe(id)
      held.set(id, Buffer.from(secret))
    },
    async delete(id) {
      checkSecret(id)
      return wipe(id)
    },
    probe: async () => ({
      state: 'ready',
      name: 'memory',
      message: 'Secrets are kept in memory and go with the work they were made for.',
      remedy: null,
    }),
    lock() {
      for (const id of held.keys()) wipe(id)
    },
  }
}
