/** Keeps secrets in a folder under a passphrase, for machines without a keychain: one sealed file per secret. */

import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { Fault } from '#shared/fault.ts'
import {
  clearOthers,
  exclusively,
  missingFile,
  readFile,
  readSealed,
  sealedFiles,
  writeSealed,
} from './sealed-folder.ts'
import { checkSecret, type SecretFolder, type SecretStore, type StoreReport } from './secret-store.ts'
import { type KdfCost, makeHeader, openHeader, readHeader, releaseCost, type VaultHeader } from './vault-header.ts'
import { readIndex, writeIndex } from './vault-index.ts'
import { type OpenVault, type VaultKey, vaultKey } from './vault-key.ts'

export interface VaultOptions {
  readonly folder: SecretFolder
  /**
   * Called once per unlocking, and never while there is no vault to read; the first `set` makes the vault with it. A wrong
   * one is forgotten and asked for again by the next call. An empty answer means that there is none to be had.
   */
  readonly passphrase: () => Promise<string>
}

interface Vault extends VaultOptions {
  readonly cost: KdfCost
  readonly key: VaultKey
}

/** @param cost for tests only: nothing outside passes it, and a vault made with less is refused by everyone else. */
export function openVaultStore(vaultOptions: VaultOptions, cost: KdfCost = releaseCost): SecretStore {
  const vault: Vault = { ...vaultOptions, cost, key: vaultKey() }
  const { folder } = vaultOptions
  return {
    kind: 'vault',
    async get(id) {
      checkSecret(id)
      const open = await openExisting(vault)
      return open && read(folder, open, id)
    },
    async set(id, secret, options = {}) {
      checkSecret(id, secret)
      const known = await openExisting(vault)
      await exclusively(folder, options, async () => {
        // File first, index second, old files last: at every moment the index names files that are there.
        const open = known ?? (await openExisting(vault)) ?? (await create(vault))
        const generation = randomBytes(16)
        const index = await readIndex(folder, open)
        await writeSealed(folder, { store: open.id, id, generation }, secret, open.fileKey)
        await writeIndex(folder, open, index.set(id, generation))
        await clearOthers(folder, id, generation)
      })
    },
    async delete(id, options = {}) {
      checkSecret(id)
      const open = await openExisting(vault)
      if (!open) return false
      return exclusively(folder, options, async () => {
        const index = await readIndex(folder, open)
        const existed = index.delete(id)
        if (existed) await writeIndex(folder, open, index)
        // Also when it was not listed: an earlier deletion may have been killed half-way.
        await clearOthers(folder, id, null)
        return existed
      })
    },
    probe: () => probe(vault),
    lock: () => vault.key.wipe(),
  }
}

const headerFile = (vault: Vault): string => path.join(vault.folder.path, 'vault.json')

/** @returns null when there is no vault yet. @throws Fault when there was one and its header is gone: a new one would hide it. */
async function header(vault: Vault): Promise<VaultHeader | null> {
  const bytes = await readFile(headerFile(vault))
  if (bytes) return readHeader(bytes, vault.cost)
  const left = (await readFile(`${headerFile(vault)}.bak`)) !== null || (await sealedFiles(vault.folder)).length > 0
  // A keychain's sealed files may be in the same folder by mistake: refusing is right then, too.
  if (!left) return null
  // Another process may have made the vault between our two looks; it writes the header before anything else is there.
  const since = await readFile(headerFile(vault))
  if (since) return readHeader(since, vault.cost)
  const message =
    'vault.json is gone but the secrets it opens are there. Restore it from vault.json.bak beside it or from a backup.'
  throw new Fault('DATA_DAMAGED', message, { file: 'vault.json' })
}

async function openExisting(vault: Vault): Promise<OpenVault | null> {
  const found = await header(vault)
  if (!found) return null
  return vault.key.open(found, async () => openHeader(found, await vault.passphrase()))
}

/** The index first: once vault.json stands, the vault is complete. */
async function create(vault: Vault): Promise<OpenVault> {
  const made = await makeHeader(await vault.passphrase(), vault.cost)
  const open = await vault.key.open(made.header, async () => made.key)
  await writeIndex(vault.folder, open, new Map())
  const text = `${JSON.stringify(made.header, null, 2)}\n`
  await vault.folder.disk.write(headerFile(vault), text)
  await vault.folder.disk.write(`${headerFile(vault)}.bak`, text)
  return open
}

async function read(folder: SecretFolder, open: OpenVault, id: string): Promise<Buffer | null> {
  let before: Buffer | undefined
  // Between our reading of the index and of the file another process may have replaced both: then the index has changed.
  for (;;) {
    const generation = (await readIndex(folder, open)).get(id)
    if (!generation) return null
    const secret = await readSealed(folder, { store: open.id, id, generation }, open.fileKey)
    if (secret) return secret
    if (before?.equals(generation)) throw await missingFile(folder, id)
    before = generation
  }
}

async function probe(vault: Vault): Promise<StoreReport> {
  const report = (state: StoreReport['state'], message: string, remedy: string | null): StoreReport => ({
    state,
    name: 'vault',
    message,
    remedy,
  })
  try {
    const found = await header(vault)
    if (!found) return report('ready', 'There is no vault yet; the first secret makes it.', null)
    if (vault.key.isOpen()) return report('ready', 'The vault is open.', null)
    return report('locked', 'The vault is locked.', 'Give its passphrase.')
  } catch (error) {
    if (error instanceof Fault) return report('failed', error.message, 'Restore vault.json from its copy or a backup.')
    return report('failed', 'The vault cannot be read.', 'Check the data folder.')
  }
}
