/** Reads a folder of small records, one file each: a damaged file is named and costs none of the others. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { isFault } from '#shared/fault.ts'
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

/** @param form of the files' names without `.json`; others in the folder are none of ours. */
export async function readRecordFolder<Record>(
  folder: string,
  form: RegExp,
  schema: z.ZodType<Record>,
): Promise<RecordsRead<Record>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort()
  const ids = names.map((name) => name.slice(0, -'.json'.length)).filter((id) => form.test(id))
  const records: Record[] = []
  const damaged: DamagedFile[] = []
  const read = async (id: string) => {
    try {
      const record = await readJson(join(folder, `${id}.json`), schema)
      if (record !== null) records.push(record)
    } catch (fault) {
      if (!isFault(fault)) throw fault
      damaged.push({ id, message: fault.message })
    }
  }
  await Promise.all(ids.map(read))
  return { records, damaged }
}
