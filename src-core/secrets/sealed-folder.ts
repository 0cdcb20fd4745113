/** Finds, writes and clears the sealed files of one id in a folder: `<id>.<generation>.sealed`, one file per write. */

import fs from 'node:fs/promises'
import path from 'node:path'
import { Fault } from '#shared/fault.ts'
import { type FileKey, refused, type SealedName, seal, unseal } from './sealed-file.ts'
import type { SecretFolder, SecretOptions } from './secret-store.ts'

const fileOf = (id: string, generation: Uint8Array): string => `${id}.${Buffer.from(generation).toString('hex')}.sealed`
const pattern = /^(.+)\.[0-9a-f]{32}\.sealed$/

/** Writes beside the older file, which stays until `clearOthers`: the caller moves the pointer between the two. */
export async function writeSealed(
  folder: SecretFolder,
  name: SealedName,
  secret: Uint8Array,
  fileKey: FileKey,
): Promise<void> {
  await folder.disk.write(path.join(folder.path, fileOf(name.id, name.generation)), seal(name, secret, fileKey))
}

/** @returns null when the file is gone: another process may just have replaced it. @throws Fault as unseal, FILE_UNREADABLE */
export async function readSealed(folder: SecretFolder, name: SealedName, fileKey: FileKey): Promise<Buffer | null> {
  const bytes = await readFile(path.join(folder.path, fileOf(name.id, name.generation)))
  return bytes === null ? null : unseal(bytes, name, fileKey)
}

/** What a missing file means: an older or newer copy is there (the folder was rolled back), or nothing is. */
export async function missingFile(folder: SecretFolder, id: string): Promise<Fault> {
  const others = await sealedFiles(folder, id)
  return refused(others.length > 0 ? 'SECRET_STALE' : 'SECRET_ABSENT', id)
}

/** Removes every file of `id` except the one of `generation`. Call it inside `exclusively` only. */
export async function clearOthers(folder: SecretFolder, id: string, generation: Uint8Array | null): Promise<void> {
  const kept = generation ? fileOf(id, generation) : null
  for (const name of await sealedFiles(folder, id)) {
    if (name !== kept) await folder.disk.remove(path.join(folder.path, name))
  }
}

/** Runs `work` while no other process changes this folder. */
export async function exclusively<T>(folder: SecretFolder, options: SecretOptions, work: () => Promise<T>): Promise<T> {
  await fs.mkdir(folder.path, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    const system = codeOf(error)
    const message = `The folder of the key store could not be made: ${system}. Check its permissions (TPP_HOME).`
    throw new Fault('DATA_UNWRITABLE', message, { system }, error)
  })
  return folder.disk.exclusive(path.join(folder.path, 'changing.lock'), options, work)
}

/** File names of `id`, or of every id. */
export async function sealedFiles(folder: SecretFolder, id?: string): Promise<string[]> {
  const names = await fs.readdir(folder.path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw unreadable(path.basename(folder.path), error)
  })
  return names.filter((name) => {
    const found = pattern.exec(name)?.[1]
    return found !== undefined && (id === undefined || found === id)
  })
}

/** @returns null when there is no such file. @throws Fault FILE_UNREADABLE */
export const readFile = (file: string): Promise<Buffer | null> =>
  fs.readFile(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw unreadable(path.basename(file), error)
  })

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'UNKNOWN'

const unreadable = (name: string, error: unknown): Fault =>
  new Fault(
    'FILE_UNREADABLE',
    `${name} could not be read: ${codeOf(error)}. Check its permissions.`,
    { file: name },
    error,
  )
