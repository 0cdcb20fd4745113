/** Remembers what this workbench created at a bank: one file per consent, payment or basket, its links in the key store. */
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { offeredSchema } from '#shared/contract/offered.ts'
import { Fault } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'
import { resourceProfileSchema } from '#shared/resource-profile.ts'
import { createFileMemory } from '../files/file-memory.ts'
import { readJson, writeJson } from '../files/json-file.ts'
import { withProcessLock } from '../files/process-lock.ts'
import { unwritable } from '../files/unwritable.ts'
import { removeDurably } from '../files/write-atomically.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { type DamagedFile, readRecordFolder } from './record-folder.ts'

const authorisationSchema = z.looseObject({
  id: z.string(),
  purpose: z.enum(['authorisation', 'cancellation']),
  status: z.string().nullable(),
  /** The signer, masked. */
  customer: z.string().nullable(),
  seenAt: z.string(),
  /** Changes of its status, oldest first. */
  timeline: z.array(z.object({ status: z.string(), at: z.string(), exchange: z.string() })).default([]),
})

/** Instants are ISO 8601. */
export const resourceRecordSchema = z.looseObject({
  id: z.string(),
  kind: resourceProfileSchema.shape.kind,
  bank: z.string(),
  environment: z.string(),
  identity: z.string().nullable(),
  /** The bank's id. */
  resource: z.string(),
  /** Path parameters of the creation that other calls about it take too. */
  parameters: z.record(z.string(), z.string()),
  status: z.string().nullable(),
  createdAt: z.string(),
  seenAt: z.string(),
  validUntil: z.string().nullable(),
  frequencyPerDay: z.number().nullable(),
  recurring: z.boolean().nullable(),
  replacedBy: z.string().nullable(),
  authorisations: z.array(authorisationSchema),
  /** Names of the links of the last answer that had any. */
  links: z.array(z.string()),
  /** Operations the last answer that listed any offers. */
  operations: z.array(offeredSchema).default([]),
  /** The grant that stands for it, where its token says which one it is. */
  grant: z.string().nullable().default(null),
  /** Where the customer is sent back to, as the creation said. */
  returnUri: z.string().nullable(),
  exchange: z.string(),
  /** When the customer last came back from the bank's page: a status seen before may be another one now. */
  customerReturnedAt: z.string().nullable().default(null),
  /** Changes of the status, oldest first. */
  timeline: z.array(z.object({ status: z.string(), at: z.string(), exchange: z.string() })).default([]),
})
export type ResourceRecord = z.infer<typeof resourceRecordSchema>

const resourceSecretsSchema = z.object({
  /** Links by name: those to the customer's page carry what belongs to the customer alone. */
  links: z.record(z.string(), z.string()).default({}),
  /** The same of each authorisation, by its id. */
  authorisations: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** How the creation named the customer, to tell whose former consent a new one ends. */
  psu: z.string().nullable().default(null),
})
export type ResourceSecrets = z.infer<typeof resourceSecretsSchema>

export interface ResourceBook {
  /** Newest first; a damaged file is left out. */
  list(): Promise<ResourceRecord[]>
  damaged(): Promise<DamagedFile[]>
  /** By our id, or the bank's where only one has it. Throws RESOURCE_UNKNOWN. */
  find(ref: string): Promise<ResourceRecord>
  /** By our id; null where there is none, or none that can be read. Remembered until its file changes: not to be changed. */
  known(id: string): Promise<ResourceRecord | null>
  secrets(id: string): Promise<ResourceSecrets>
  /** Changes one record while no other process does. `change` gets null where there is none; null leaves it so. It may be asked twice. */
  change(
    id: string,
    change: (before: ResourceRecord | null) => Promise<ResourceRecord | null>,
  ): Promise<ResourceRecord | null>
  /** Nothing to keep leaves nothing in the key store. */
  keepSecrets(id: string, secrets: ResourceSecrets): Promise<void>
  remove(id: string): Promise<boolean>
}

const idForm = /^r-[0-9a-f]{16}$/
const secretName = (id: string): string => `resource-${id}`

/** The same thing of the same bank always has the same id here. */
export function resourceId(bank: string, environment: string, kind: string, resource: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([bank, environment, kind, resource]))
    .digest('hex')
  return `r-${digest.slice(0, 16)}`
}

/** How far `seenAt` may stay behind where an answer tells nothing else that is new. Milliseconds. */
const seenLately = 10_000

const withoutTimes = (record: ResourceRecord): ResourceRecord => ({
  ...record,
  seenAt: '',
  authorisations: record.authorisations.map((each) => ({ ...each, seenAt: '' })),
})

/** Whether nothing is lost by not writing it down: a run of status calls would else wait for the disk at each of them. */
function tellsNothingNew(before: ResourceRecord, after: ResourceRecord): boolean {
  const age = Date.parse(after.seenAt) - Date.parse(before.seenAt)
  return age >= 0 && age < seenLately && isDeepStrictEqual(withoutTimes(before), withoutTimes(after))
}

export function createResourceBook(folder: string, store: SecretStore): ResourceBook {
  const fileOf = (id: string) => join(folder, `${id}.json`)
  const memory = createFileMemory<ResourceRecord | null>()
  const readOne = (id: string) => readJson(fileOf(id), resourceRecordSchema).catch(() => null)
  const remembered = (id: string) => memory(fileOf(id), () => readOne(id))
  const read = () => readRecordFolder(folder, idForm, resourceRecordSchema)
  const list = async () => (await read()).records.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))

  const unknown = (ref: string, known: readonly ResourceRecord[]): Fault => {
    const near = nearest(
      ref,
      known.flatMap(({ id, resource }) => [id, resource]),
    )
    const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'List them with: tpp access consents'
    return new Fault('RESOURCE_UNKNOWN', `The workbench remembers nothing under "${ref}". ${hint}`, {
      consent: ref,
      near,
    })
  }

  return {
    list,
    damaged: async () => (await read()).damaged,
    async find(ref) {
      const own = idForm.test(ref) ? await readJson(fileOf(ref), resourceRecordSchema) : null
      if (own !== null) return own
      const all = await list()
      const named = all.filter(({ resource }) => resource === ref)
      if (named.length === 1) return named[0]!
      throw unknown(ref, all)
    },
    known: remembered,
    async secrets(id) {
      const bytes = await store.get(secretName(id))
      if (bytes === null) return resourceSecretsSchema.parse({})
      try {
        return resourceSecretsSchema.parse(JSON.parse(bytes.toString('utf8')))
      } catch {
        throw new Fault('SECRET_DAMAGED', `The links of ${id} in the key store are damaged.`, { consent: id })
      } finally {
        bytes.fill(0)
      }
    },
    async change(id, change) {
      // Looked at without the lock first: where nothing would be written, nobody has to be kept from writing.
      const known = await remembered(id)
      const next = known === null ? null : await change(known)
      if (known !== null && next !== null && tellsNothingNew(known, next)) return next
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
        throw unwritable(basename(folder), cause)
      })
      return withProcessLock(join(folder, 'records.lock'), 'the list of consents', {}, async () => {
        // A damaged record is replaced by what the bank says now.
        const after = await change(await readOne(id))
        if (after !== null) await writeJson(fileOf(id), after)
        return after
      })
    },
    async keepSecrets(id, secrets) {
      const { links, authorisations, psu } = secrets
      const nothing = psu === null && Object.keys({ ...links, ...authorisations }).length === 0
      if (nothing) await store.delete(secretName(id))
      else await store.set(secretName(id), Buffer.from(JSON.stringify(secrets), 'utf8'))
    },
    async remove(id) {
      if (!idForm.test(id)) return false
      await store.delete(secretName(id))
      return removeDurably(fileOf(id))
    },
  }
}
