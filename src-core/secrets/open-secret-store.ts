/** Opens the key store a person chose; there is no falling back from one to the other. */

import path from 'node:path'
import { openKeychainStore } from './keychain-store.ts'
import type { SecretDisk, SecretStore } from './secret-store.ts'
import { openVaultStore } from './vault-store.ts'

export interface SecretStoreOptions {
  readonly choice: 'keychain' | 'vault'
  /** Each store keeps to a folder of its own below this one. */
  readonly folder: string
  /** From the files mechanism: writeAtomically, removeDurably, withProcessLock. */
  readonly disk: SecretDisk
  /** Used by the vault only; asked once per unlocking. An empty answer means that there is none to be had. */
  readonly passphrase: () => Promise<string>
  /** Used by the keychain only: how long one call may take, a prompt included, in milliseconds. */
  readonly deadlineMilliseconds?: number
}

/** Touches nothing yet: a keychain or vault that cannot be used says so at the first call and in `probe`. */
export function openSecretStore(options: SecretStoreOptions): SecretStore {
  const { choice, deadlineMilliseconds, disk, passphrase } = options
  const folder = { path: path.join(options.folder, choice), disk }
  if (choice === 'vault') return openVaultStore({ folder, passphrase })
  return openKeychainStore({ folder, ...(deadlineMilliseconds !== undefined && { deadlineMilliseconds }) })
}
