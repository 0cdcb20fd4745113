/** Holds the key of an open vault until it is wiped; asks for the passphrase once, however many calls wait for it. */

import { Fault } from '#shared/fault.ts'
import { type FileKey, subkey } from './sealed-file.ts'
import type { VaultHeader } from './vault-header.ts'

/** An open vault: gives keys for files until it is wiped. */
export interface OpenVault {
  readonly id: Buffer
  readonly fileKey: FileKey
}

export interface VaultKey {
  /** @param derive asks and derives; called once for all who wait. Its failure is forgotten: the next call asks again. */
  open(header: VaultHeader, derive: () => Promise<Buffer>): Promise<OpenVault>
  isOpen(): boolean
  wipe(): void
}

const lockedMeanwhile = (): Fault =>
  new Fault('VAULT_PASSPHRASE_MISSING', 'The vault was locked. Unlock it and try again.')

export function vaultKey(): VaultKey {
  let opening: { vault: string; result: Promise<OpenVault>; wipe: () => void; isOpen: () => boolean } | null = null

  const start = (header: VaultHeader, derive: () => Promise<Buffer>) => {
    let key: Buffer | null = null
    let wiped = false
    const result = derive().then((derived) => {
      if (wiped) {
        derived.fill(0)
        throw lockedMeanwhile()
      }
      key = derived
      // Checked at every use: a call under way must never go on with a key of zeros.
      const fileKey: FileKey = (salt) => {
        if (key === null) throw lockedMeanwhile()
        return subkey(key, salt, 'vault file')
      }
      return { id: Buffer.from(header.id, 'hex'), fileKey }
    })
    const wipe = (): void => {
      wiped = true
      key?.fill(0)
      key = null
    }
    return { vault: header.id, result, wipe, isOpen: () => key !== null }
  }

  const wipe = (): void => {
    opening?.wipe()
    opening = null
  }

  return {
    async open(header, derive) {
      // Another vault in the same folder (restored from a backup) has another id and another key.
      if (opening && opening.vault !== header.id) wipe()
      opening ??= start(header, derive)
      const mine = opening
      try {
        return await mine.result
      } catch (error) {
        if (opening === mine) wipe()
        throw error
      }
    },
    isOpen: () => opening?.isOpen() ?? false,
    wipe,
  }
}
