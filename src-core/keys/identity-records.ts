/** Keeps one JSON file per identity: certificates and what was read off them, never a key. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { FolderMemory } from '#core/files/file-memory.ts'
import { readJson, writeJson } from '#core/files/json-file.ts'
import { unwritable } from '#core/files/unwritable.ts'
import { removeDurably } from '#core/files/write-atomically.ts'
import { Fault, isFault } from '#shared/fault.ts'
import { certificateFactsSchema } from './certificate-facts.ts'

/** Loose, so that what a newer version adds survives being written by this one. */
const identityRecordSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  /** PEM, leaf first, then its issuers. */
  certificates: z.array(z.string()).min(1),
  facts: certificateFactsSchema.loose(),
})
export type IdentityRecord = z.infer<typeof identityRecordSchema>

export interface DamagedRecord {
  readonly id: string
  readonly fault: Fault
}

export interface RecordsFound {
  /** Ordered by name. */
  readonly records: readonly IdentityRecord[]
  readonly damaged: readonly DamagedRecord[]
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const idForm = /^[a-z2-7]{8}$/

/** 40 random bits as base32. */
export const newIdentityId = (): string => Array.from(randomBytes(8), (byte) => alphabet[byte & 31]).join('')

const fileOf = (folder: string, id: string): string => path.join(folder, `${id}.json`)

/** What was read before and has not changed; records out of it must not be changed. */
export type RecordMemory = FolderMemory<IdentityRecord>

/** Reads every record; one that is damaged is set apart and hides no other. @throws Fault FILE_UNREADABLE */
export async function readRecords(folder: string, memory?: RecordMemory): Promise<RecordsFound> {
  const list = () => filesIn(folder)
  const names = await (memory === undefined ? list() : memory.names(folder, list))
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5))
  const records: IdentityRecord[] = []
  const damaged: DamagedRecord[] = []
  for (const id of ids.filter((name) => idForm.test(name))) {
    try {
      const record = await readRecord(folder, id, memory)
      if (record !== null) records.push(record)
    } catch (error) {
      if (!isFault(error)) throw error
      damaged.push({ id, fault: error })
    }
  }
  records.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return { records, damaged }
}

/** @returns null when there is no such record. @throws Fault DATA_DAMAGED, FILE_UNREADABLE */
export async function readRecord(folder: string, id: string, memory?: RecordMemory): Promise<IdentityRecord | null> {
  if (!idForm.test(id)) return null
  const file = fileOf(folder, id)
  const read = () => readJson(file, identityRecordSchema)
  const record = await (memory === undefined ? read() : memory.file(file, read))
  if (record === null || record.id === id) return record
  throw new Fault('DATA_DAMAGED', `${id}.json is damaged: it holds the identity ${record.id.slice(0, 40)}.`, {
    file: `${id}.json`,
  })
}

/** @throws Fault DATA_UNWRITABLE */
export async function writeRecord(folder: string, record: IdentityRecord): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw unwritable(path.basename(folder), error)
  }
  await writeJson(fileOf(folder, record.id), record)
}

/** @throws Fault DATA_UNWRITABLE */
export const removeRecord = (folder: string, id: string): Promise<boolean> => removeDurably(fileOf(folder, id))

async function filesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    throw new Fault(
      'FILE_UNREADABLE',
      `The folder of the identities could not be read: ${code}.`,
      { system: code },
      error,
    )
  }
}
