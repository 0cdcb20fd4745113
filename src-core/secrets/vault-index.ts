/** The sealed list of what a vault holds: which file of each id is the current one, so that an older copy is recognised. */

import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'
import { Fault } from '#shared/fault.ts'
import { seal, unseal } from './sealed-file.ts'
import { readFile } from './sealed-folder.ts'
import type { SecretFolder } from './secret-store.ts'
import type { OpenVault } from './vault-key.ts'

/** Id → generation of its file. */
export type VaultIndex = Map<string, Buffer>

const file = 'index.sealed'
/** No secret can have this id, so a secret's file never passes for an index. */
const indexId = '*index'
const schema = z.array(z.tuple([z.string(), z.string().regex(/^[0-9a-f]{32}$/)]))

/** @throws Fault DATA_DAMAGED when the index is gone, changed or of another vault; it is never replaced by an empty one. */
export async function readIndex(folder: SecretFolder, vault: OpenVault): Promise<VaultIndex> {
  const bytes = await readFile(path.join(folder.path, file))
  if (bytes === null) throw damaged('is gone')
  try {
    const plain = unseal(bytes, { store: vault.id, id: indexId, generation: null }, vault.fileKey)
    const entries = schema.parse(JSON.parse(plain.toString()))
    return new Map(entries.map(([id, generation]) => [id, Buffer.from(generation, 'hex')]))
  } catch (error) {
    if (error instanceof Fault && !error.code.startsWith('SECRET_')) throw error
    throw damaged('was changed or damaged', error)
  }
}

/** Writes the index, then the same bytes as its copy: losing the index would lose the way to every secret. */
export async function writeIndex(folder: SecretFolder, vault: OpenVault, index: VaultIndex): Promise<void> {
  const entries = [...index].map(([id, generation]) => [id, generation.toString('hex')])
  const name = { store: vault.id, id: indexId, generation: randomBytes(16) }
  const bytes = seal(name, Buffer.from(JSON.stringify(entries)), vault.fileKey)
  await folder.disk.write(path.join(folder.path, file), bytes)
  await folder.disk.write(path.join(folder.path, `${file}.bak`), bytes)
}

const damaged = (what: string, cause?: unknown): Fault =>
  new Fault(
    'DATA_DAMAGED',
    `The index of the vault ${what}. Nothing was changed; restore ${file} from ${file}.bak beside it or from a backup.`,
    { file },
    cause,
  )
