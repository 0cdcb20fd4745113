/** Identities over an empty folder and a key store in memory; nothing can be ordered. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createIdentities, type Identities } from '../identities.ts'
import { createMemorySecrets, type MemorySecrets } from './memory-secrets.ts'

export interface ScratchIdentities {
  readonly identities: Identities
  readonly secrets: MemorySecrets
  /** Where the records are; not there before the first one is stored. */
  readonly folder: string
  remove(): Promise<void>
}

export async function createScratchIdentities(): Promise<ScratchIdentities> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'tpp-identities-'))
  const folder = path.join(scratch, 'identities')
  const secrets = createMemorySecrets()
  const orderCertificate = () => Promise.reject(new Error('nothing is ordered here'))
  const identities = createIdentities({ folder, secrets: () => secrets, orderCertificate })
  return { identities, secrets, folder, remove: () => rm(scratch, { recursive: true, force: true }) }
}
