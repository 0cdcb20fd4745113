/** Puts a checked key and its certificates into the key store and the data folder, once per certificate and name. */
import type { KeyObject } from 'node:crypto'
import { Fault } from '#shared/fault.ts'
import type { CertificatePath } from './certificate-chain.ts'
import { type CertificateFacts, certificateFacts } from './certificate-facts.ts'
import { type IdentityRecord, newIdentityId, readRecords, writeRecord } from './identity-records.ts'
import { type KeySecrets, secretIdOf } from './open-keys.ts'

export interface NewIdentity extends CertificatePath {
  readonly name: string
  readonly key: KeyObject
}

export interface Stored {
  readonly record: IdentityRecord
  /** The same certificate was there before, under the record's own name. */
  readonly known: boolean
}

/** @throws Fault IDENTITY_EXISTS, CERTIFICATE_UNREADABLE, DATA_UNWRITABLE and what the key store throws; then nothing is left behind. */
export async function storeIdentity(folder: string, secrets: KeySecrets, identity: NewIdentity): Promise<Stored> {
  const facts = certificateFacts(identity.leaf, identity.chain)
  const { records, damaged } = await readRecords(folder)
  const same = records.find((record) => record.facts.sha256 === facts.sha256)
  if (same) return { record: await renew(folder, secrets, same, identity, facts), known: true }
  requireFreeName(records, identity.name)
  const taken = new Set([...records, ...damaged].map(({ id }) => id))
  let id = newIdentityId()
  while (taken.has(id)) id = newIdentityId()
  const record = { id, name: identity.name, certificates: pemsOf(identity), facts }
  // The secret first: an identity without its key would be listed and could not be used.
  await putKey(secrets, id, identity.key)
  try {
    await writeRecord(folder, record)
  } catch (error) {
    await secrets.delete(secretIdOf(id)).catch(() => false)
    throw error
  }
  return { record, known: false }
}

/** @throws Fault IDENTITY_EXISTS */
export function requireFreeName(records: readonly IdentityRecord[], name: string): void {
  const other = records.find((record) => record.name === name)
  if (other === undefined) return
  const message = `There is an identity "${name}" already, with another certificate (${other.facts.sha256.slice(0, 16)}…). Choose another name, or delete it first.`
  throw new Fault('IDENTITY_EXISTS', message, { name, identity: other.id, sha256: other.facts.sha256 })
}

const pemsOf = ({ leaf, chain }: CertificatePath): string[] =>
  [leaf, ...chain].map((certificate) => certificate.toString())

/** Stores the key again when it went missing, and the chain when more of it was given this time. */
async function renew(
  folder: string,
  secrets: KeySecrets,
  record: IdentityRecord,
  identity: NewIdentity,
  facts: CertificateFacts,
): Promise<IdentityRecord> {
  const stored = await secrets.get(secretIdOf(record.id))
  if (stored === null) await putKey(secrets, record.id, identity.key)
  else stored.fill(0)
  if (identity.chain.length <= record.facts.chain.length) return record
  const longer = { ...record, certificates: pemsOf(identity), facts: { ...record.facts, ...facts } }
  await writeRecord(folder, longer)
  return longer
}

/** PKCS#8 DER; the copy made here is overwritten. */
async function putKey(secrets: KeySecrets, id: string, key: KeyObject): Promise<void> {
  const der = key.export({ type: 'pkcs8', format: 'der' })
  try {
    await secrets.set(secretIdOf(id), der)
  } finally {
    der.fill(0)
  }
}
