/** Keeps with whom an organisation is registered, and under which callback URIs: one file per bank, environment and client. */
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { type Registration, registrationSchema } from '#shared/contract/access.ts'
import { readJson, writeJson } from '../files/json-file.ts'
import { unwritable } from '../files/unwritable.ts'
import { type DamagedFile, readRecordFolder } from './record-folder.ts'

export interface RegistrationKey {
  readonly bank: string
  readonly environment: string
  /** A bank registers the organisation, not the certificate: a renewed or re-imported one finds its registration again. */
  readonly clientId: string
}

export interface Registrations {
  find(key: RegistrationKey): Promise<Registration | null>
  save(registration: Registration): Promise<void>
  /** A damaged file is left out. */
  list(): Promise<Registration[]>
  damaged(): Promise<DamagedFile[]>
}

const recordSchema = z.looseObject(registrationSchema.shape)

export function createRegistrations(folder: string): Registrations {
  const fileOf = ({ bank, environment, clientId }: RegistrationKey) =>
    join(folder, `${bank}--${environment}--${encodeURIComponent(clientId)}.json`)
  const read = () => readRecordFolder(folder, /./, recordSchema)
  return {
    find: (key) => readJson(fileOf(key), recordSchema),
    async save(registration) {
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
        throw unwritable(basename(folder), cause)
      })
      const before = await readJson(fileOf(registration), recordSchema).catch(() => null)
      await writeJson(fileOf(registration), { ...before, ...registration })
    },
    list: async () => (await read()).records.sort((a, b) => (a.registeredAt < b.registeredAt ? -1 : 1)),
    damaged: async () => (await read()).damaged,
  }
}
