/** The key store as a person chose it: keychain or vault, exchangeable while the engine runs, never by itself. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyStore } from '#shared/contract/workspace.ts'
import { Fault } from '#shared/fault.ts'
import { openSecretStore } from '../secrets/open-secret-store.ts'
import type { SecretDisk, SecretStore } from '../secrets/secret-store.ts'
import type { SettingsFile } from './settings.ts'

type Choice = 'keychain' | 'vault'

export interface KeyStoreParts {
  /** Each store keeps to a folder of its own below this one. */
  readonly folder: string
  readonly disk: SecretDisk
  readonly settings: SettingsFile
  /** The host's word (an environment variable); it goes before the kept choice. */
  readonly choice: Choice | null
  /** The store answers now and did not before. */
  opened?(): void
  /** The host's way to ask for a passphrase. Throws VAULT_PASSPHRASE_MISSING when there is nobody to ask. */
  passphrase(): Promise<string>
}

export interface ChosenKeyStore {
  /** Delegates to the store chosen at the time of each call. */
  readonly secrets: SecretStore
  report(): Promise<KeyStore>
  choose(choice: Choice): Promise<void>
  /** Throws VAULT_PASSPHRASE_WRONG, VAULT_PASSPHRASE_SHORT; INPUT_INVALID when the vault is not the chosen store. */
  unlock(passphrase: string): Promise<void>
}

/** Reading it opens a vault, writing it makes one; what it holds says nothing. */
const probeId = 'unlock-probe'

export function createKeyStore(parts: KeyStoreParts): ChosenKeyStore {
  let given: string | null = null
  /** The store answered since it was last locked: a vault has its passphrase. */
  let open = false
  const answered = (): void => {
    if (open) return
    open = true
    parts.opened?.()
  }
  const passphrase = async (): Promise<string> => {
    const typed = given ?? (await parts.passphrase())
    given = null
    return typed
  }
  const stores = new Map<Choice, SecretStore>()
  const storeOf = (choice: Choice): SecretStore => {
    const kept = stores.get(choice)
    if (kept) return kept
    const store = openSecretStore({ choice, folder: parts.folder, disk: parts.disk, passphrase })
    stores.set(choice, store)
    return store
  }
  const choiceNow = async (): Promise<Choice | null> => parts.choice ?? (await parts.settings.read()).keyStore ?? null
  const current = async (): Promise<SecretStore> => storeOf((await choiceNow()) ?? 'keychain')

  const secrets: SecretStore = {
    kind: parts.choice ?? 'keychain',
    async get(id, options) {
      const secret = await (await current()).get(id, options)
      answered()
      return secret
    },
    async set(id, secret, options) {
      await (await current()).set(id, secret, options)
      answered()
    },
    delete: async (id, options) => (await current()).delete(id, options),
    probe: async () => (await current()).probe(),
    lock() {
      given = null
      open = false
      for (const store of stores.values()) store.lock()
    },
  }
  const vaultState = async (choice: Choice | null): Promise<KeyStore['vault']> => {
    if (choice !== 'vault') return 'not-chosen'
    const exists = await access(join(parts.folder, 'vault', 'vault.json')).then(
      () => true,
      () => false,
    )
    return exists ? (open ? 'open' : 'locked') : 'new'
  }
  return {
    secrets,
    async report() {
      const choice = await choiceNow()
      return { choice, ...(await secrets.probe()), vault: await vaultState(choice) }
    },
    choose: (choice) => parts.settings.change({ keyStore: choice }),
    async unlock(typed) {
      if ((await choiceNow()) !== 'vault')
        throw new Fault('INPUT_INVALID', 'The vault is not the chosen key store.', { field: 'passphrase' })
      const store = storeOf('vault')
      store.lock()
      given = typed
      try {
        // A vault is made by the first secret put into it, and only then asks for its passphrase.
        if ((await vaultState('vault')) === 'new') await store.set(probeId, new Uint8Array(1))
        else await store.get(probeId)
        answered()
      } finally {
        given = null
      }
    },
  }
}
