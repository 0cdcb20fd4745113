/** Reads a folder of small records, one file each: a damaged file is named and costs none of the others. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { isFault } from '#shared/fault.ts'
import type { FolderMemory } from '../files/file-memory.ts'
import { readJson } from '../files/json-file.ts'

/** A file that is there and cannot be read. */
export interface DamagedFile {
  readonly id: string
  readonly message: string
}

export interface RecordsRead<Record> {
  readonly records: Record[]
  readonly damaged: DamagedFile[]
}

/**
 * @param form of the files' names without `.json`; others in the folder are none of ours.
 * @param memory what was read before and has not changed; records out of it must not be changed.
 */
export async function readRecordFolder<Record>(
  folder: string,
  form: RegExp,
  schema: z.ZodType<Record>,
  memory?: FolderMemory<Record>,
): Promise<RecordsRead<Record>> {
  const list = async () => (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort()
  const names = await (memory === undefined ? list() : memory.names(folder, list))
  const ids = names.map((name) => name.slice(0, -'.json'.length)).filter((id) => form.test(id))
  const records: Record[] = []
  const damaged: DamagedFile[] = []
  const read = async (id: string) => {
    try {
      const file = join(folder, `${id}.json`)
      const readFile = () => readJson(file, schema)
      const record = await (memory === undefined ? readFile() : memory.file(file, readFile))
      if (record !== null) records.push(record)
    } catch (fault) {
      if (!isFault(fault)) throw fault
      damaged.push({ id, message: fault.message })
    }
  }
  await Promise.all(ids.map(read))
  return { records, damaged }
}
