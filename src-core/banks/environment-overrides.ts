/** Keeps what a person set for an environment of a bank, one file each beside the bank folders, never in them. */
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
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
}

/** Ids are checked by the shelf before they come here; this keeps a file name a file name all the same. */
const idForm = /^[a-z0-9][a-z0-9-]*$/

export function createEnvironmentOverrides(folder: string): EnvironmentOverrides {
  const memory = createFileMemory<EnvironmentOverride | null>()
  const fileOf = (bank: string, environment: string): string | null =>
    idForm.test(bank) && idForm.test(environment) ? join(folder, bank, `${environment}.json`) : null
  return {
    async read(bank, environment) {
      const file = fileOf(bank, environment)
      return file === null ? null : memory(file, () => readJson(file, environmentOverrideSchema))
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
