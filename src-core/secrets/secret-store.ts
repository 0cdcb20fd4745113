/** The port every key store implements: bytes in, bytes out, under an id; there is no way to list what it holds. */

import { Fault } from '#shared/fault.ts'

export interface SecretOptions {
  /** Ends the waiting (for a prompt, for another process) with CANCELLED. A write under way may still take effect. */
  readonly signal?: AbortSignal
}

/** `ready` to be used, `absent` (nothing there to ask), `locked`, `denied` (it is there and refuses us), `failed` (anything else). */
export type StoreState = 'ready' | 'absent' | 'locked' | 'denied' | 'failed'

export interface StoreReport {
  readonly state: StoreState
  /** What a person calls the store: "Secret Service keyring", "vault". */
  readonly name: string
  readonly message: string
  /** What to do now; null when there is nothing to do. */
  readonly remedy: string | null
}

export interface SecretStore {
  readonly kind: 'keychain' | 'vault'
  /**
   * @returns a copy the caller should overwrite after use, or null: the store answered and has no such secret.
   * Never null for a store that could not be asked.
   * @throws Fault KEYCHAIN_*, VAULT_*, SECRET_DAMAGED | SECRET_SWAPPED | SECRET_STALE | SECRET_ABSENT, DATA_*, CANCELLED
   */
  get(id: string, options?: SecretOptions): Promise<Buffer | null>
  /** Stores or replaces; a crash at any point leaves the old or the new secret readable. @throws as get, SECRET_TOO_LARGE, BUSY */
  set(id: string, secret: Uint8Array, options?: SecretOptions): Promise<void>
  /** @returns false when there was no such secret. */
  delete(id: string, options?: SecretOptions): Promise<boolean>
  /** For doctor and the status bar; never throws, never asks for anything, changes nothing. */
  probe(): Promise<StoreReport>
  /** Forgets everything held in memory (auto-lock). */
  lock(): void
}

/** What a store needs of the disk; handed in, because mechanisms do not import each other. */
export interface SecretDisk {
  /** Replaces a file crash-safely, mode 0600. */
  write(file: string, data: Uint8Array | string): Promise<void>
  /** Removes a file durably; false when there was none. */
  remove(file: string): Promise<boolean>
  /** Runs `work` while no other process holds `lockFile`, a path in a folder that exists. @throws Fault BUSY, CANCELLED */
  exclusive<T>(lockFile: string, options: SecretOptions, work: () => Promise<T>): Promise<T>
}

/** One folder and what a store may do there. */
export interface SecretFolder {
  /** Made with mode 0700 when first needed. */
  readonly path: string
  readonly disk: SecretDisk
}

/** Far more than any key or token; keeps a mistake from turning the key store into a file store. Bytes. */
export const largestSecret = 1024 * 1024

/** Ids become file names and keychain accounts: ASCII letters, digits, dot, dash, underscore, at most 100. */
export function checkSecret(id: string, secret?: Uint8Array): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(id)) {
    throw new Fault('INPUT_INVALID', `"${id}" cannot be the id of a secret: use letters, digits, dots, dashes.`, { id })
  }
  if (secret && secret.length > largestSecret) {
    const message = `A secret of ${secret.length} bytes is larger than the key store takes (${largestSecret}). Nothing was stored.`
    throw new Fault('SECRET_TOO_LARGE', message, { id, size: secret.length, largest: largestSecret })
  }
}
