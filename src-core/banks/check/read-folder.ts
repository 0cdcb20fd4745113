/** Reads the files of a bank folder that may be anybody's: no links, no devices, no more bytes and no deeper than allowed. */
import { constants } from 'node:fs'
import { type FileHandle, lstat, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Json } from './json-document.ts'
import type { Problem } from './problem.ts'

export interface FolderFiles {
  readonly folder: string
  readonly texts: { readonly bank: string; readonly errors: string; readonly openapi: string }
  readonly bank: Json
  readonly errors: Json
  readonly openapi: Json
  /** null where the folder has no journeys. */
  readonly journeys: Json
}

const files = { bank: 'bank.yaml', errors: 'errors.yaml', openapi: 'openapi.yaml', journeys: 'journeys.yaml' } as const
type FileKey = keyof typeof files

/** Several times what the largest folder of ours needs. */
export const byteCaps: Record<FileKey, number> = {
  bank: 1_000_000,
  errors: 2_000_000,
  openapi: 4_000_000,
  journeys: 2_000_000,
}
const deepest = 100
/** As when the folder is loaded: YAML aliases may repeat, not multiply. */
const parsing = { maxAliasCount: 100, logLevel: 'error' } as const

class Unreadable extends Error {}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`

async function readCapped(handle: FileHandle, cap: number): Promise<string> {
  const buffer = Buffer.alloc(cap + 1)
  let length = 0
  while (length <= cap) {
    const { bytesRead } = await handle.read(buffer, length, cap + 1 - length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  if (length > cap)
    throw new Unreadable(`is larger than ${megabytes(cap)}. Split the bank, or leave out what is not of it.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, length))
  } catch {
    throw new Unreadable('is not UTF-8 text. Save it as UTF-8.')
  }
}

/** null where there is no such file. */
async function readText(path: string, cap: number): Promise<string | null> {
  // Looked at before it is opened: opening a pipe waits for its other end. A link is not followed, also not one put there meanwhile.
  const found = await lstat(path).catch(() => null)
  if (found === null) return null
  if (found.isSymbolicLink()) throw new Unreadable('is a link. Put the file itself into the folder.')
  if (!found.isFile()) throw new Unreadable('is no file.')
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  const handle = await open(path, flags).catch((cause: unknown) => {
    throw new Unreadable(`cannot be opened (${(cause as NodeJS.ErrnoException).code}). Make it readable.`)
  })
  try {
    return await readCapped(handle, cap)
  } finally {
    await handle.close()
  }
}

function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return false
}

function parseText(text: string): Json {
  let value: unknown
  try {
    value = parse(text, parsing)
  } catch (cause) {
    const [reason] = (cause as Error).message.split('\n')
    // A text nested thousands of levels ends the parser's own recursion.
    throw new Unreadable(cause instanceof RangeError ? 'is nested too deeply.' : `is not valid YAML: ${reason}`)
  }
  if (isTooDeep(value)) throw new Unreadable(`is nested deeper than ${deepest} levels.`)
  return value as Json
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** The files of a folder, or what stands in the way of reading them. Throws nothing that the folder's content causes. */
export async function readFolder(folder: string): Promise<FolderFiles | Problem[]> {
  if (!(await isFolder(folder))) return [{ message: `${folder} is no folder.`, file: null, place: null }]
  const problems: Problem[] = []
  const texts: Partial<Record<FileKey, string>> = {}
  const parsed: Partial<Record<FileKey, Json>> = {}
  for (const key of Object.keys(files) as FileKey[]) {
    const file = files[key]
    const fail = (reason: string) => problems.push({ message: `${file} ${reason}`, file, place: null })
    try {
      const text = await readText(join(folder, file), byteCaps[key])
      if (text === null && key !== 'journeys')
        fail('is missing. A bank folder needs bank.yaml, errors.yaml and openapi.yaml.')
      if (text === null) continue
      texts[key] = text
      parsed[key] = parseText(text)
    } catch (cause) {
      if (!(cause instanceof Unreadable)) throw cause
      fail(cause.message)
    }
  }
  if (problems.length > 0) return problems
  const { bank = '', errors = '', openapi = '' } = texts
  return {
    folder,
    texts: { bank, errors, openapi },
    bank: parsed.bank ?? null,
    errors: parsed.errors ?? null,
    openapi: parsed.openapi ?? null,
    journeys: parsed.journeys ?? null,
  }
}
