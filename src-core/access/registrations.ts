/** Keeps with whom an organisation is registered, and under which callback URIs: one file per bank, environment and client. */
import { mkdir, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { type Registration, registrationSchema } from '#shared/contract/access.ts'
import { readJson, writeJson } from '../files/json-file.ts'
import { unwritable } from '../files/unwritable.ts'

export interface RegistrationKey {
  readonly bank: string
  readonly environment: string
  /** A bank registers the organisation, not the certificate: a renewed or re-imported one finds its registration again. */
  readonly clientId: string
}

export interface Registrations {
  find(key: RegistrationKey): Promise<Registration | null>
  save(registration: Registration): Promise<void>
  list(): Promise<Registration[]>
}

const recordSchema = z.looseObject(registrationSchema.shape)

export function createRegistrations(folder: string): Registrations {
  const fileOf = ({ bank, environment, clientId }: RegistrationKey) =>
    join(folder, `${bank}--${environment}--${encodeURIComponent(clientId)}.json`)
  return {
    find: (key) => readJson(fileOf(key), recordSchema),
    async save(registration) {
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
        throw unwritable(basename(folder), cause)
      })
      const before = await readJson(fileOf(registration), recordSchema).catch(() => null)
      await writeJson(fileOf(registration), { ...before, ...registration })
    },
    async list() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort()
      const records = await Promise.all(names.map((name) => readJson(join(folder, name), recordSchema)))
      return records.filter((record) => record !== null)
    },
  }
}
