/** Keeps what a person set for an environment of a bank, one file each beside the bank folders, never in them. */
import { mkdir, readdir } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { type EnvironmentOverride, environmentOverrideSchema } from '#shared/bank-environment.ts'
import { createFileMemory } from '../files/file-memory.ts'
import { readJson, writeJson } from '../files/json-file.ts'
import { unwritable } from '../files/unwritable.ts'
import { removeDurably } from '../files/write-atomically.ts'

export interface EnvironmentOverrides {
  /** null where nothing was set. Throws DATA_DAMAGED. */
  read(bank: string, environment: string): Promise<EnvironmentOverride | null>
  /** Throws DATA_UNWRITABLE. */
  write(bank: string, environment: string, override: EnvironmentOverride): Promise<void>
  remove(bank: string, environment: string): Promise<boolean>
  /** Environments a person set up for an identity, by its id or name; what cannot be read is left out. */
  bound(): Promise<{ readonly bank: string; readonly environment: string; readonly identity: string }[]>
}

/** Ids are checked by the shelf before they come here; this keeps a file name a file name all the same. */
const idForm = /^[a-z0-9][a-z0-9-]*$/

export function createEnvironmentOverrides(folder: string): EnvironmentOverrides {
  const memory = createFileMemory<EnvironmentOverride | null>()
  const fileOf = (bank: string, environment: string): string | null =>
    idForm.test(bank) && idForm.test(environment) ? join(folder, bank, `${environment}.json`) : null
  const read: EnvironmentOverrides['read'] = async (bank, environment) => {
    const file = fileOf(bank, environment)
    return file === null ? null : memory(file, () => readJson(file, environmentOverrideSchema))
  }
  return {
    read,
    async bound() {
      const files = await readdir(folder, { recursive: true }).catch(() => [])
      const places = files.flatMap((file) => {
        const [bank, name, more] = file.split(sep)
        return name?.endsWith('.json') === true && more === undefined ? [[bank!, name.slice(0, -5)] as const] : []
      })
      const found = places.map(async ([bank, environment]) => {
        const own = await read(bank, environment).catch(() => null)
        return own?.identity === undefined ? [] : [{ bank, environment, identity: own.identity }]
      })
      return (await Promise.all(found)).flat()
    },
    async write(bank, environment, override) {
      const file = fileOf(bank, environment)
      if (file === null) return
      await mkdir(join(folder, bank), { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
        throw unwritable(basename(folder), cause)
      })
      await writeJson(file, override)
    },
    async remove(bank, environment) {
      const file = fileOf(bank, environment)
      return file === null ? false : removeDurably(file)
    },
  }
}
