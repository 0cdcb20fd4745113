/** Keeps large answers on disk, sealed and for as long as this process runs, and reads them back by range. */
import { randomBytes, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '#shared/fault.ts'
import { createSealedFile, type SealedFile } from './sealed-file.ts'

/** A body that is on disk. */
export interface StoredBody {
  readonly id: string
  /** Bytes after content decoding. */
  readonly size: number
}

export interface BodyWriter {
  /** In order; resolves when written. @throws Fault DATA_UNWRITABLE */
  append(chunk: Buffer): Promise<void>
  finish(): StoredBody
  /** Removes what was written. */
  abandon(): Promise<void>
}

export interface BodyFolder {
  begin(): Promise<BodyWriter>
  /** Bytes from `start` on, at most `length`. @throws Fault EXCHANGE_UNKNOWN when the body is gone, DATA_UNWRITABLE */
  read(id: string, start: number, length: number): Promise<Buffer>
  /** Removes one body; unknown ids are fine. */
  discard(id: string): Promise<void>
  /** Removes every body of this process. */
  close(): Promise<void>
  /** Removes what processes left behind that were killed; nothing there is fine, and nothing is made. */
  sweep(): Promise<void>
}

interface Writing {
  readonly path: string
  readonly file: SealedFile
}

interface Kept extends Writing {
  readonly size: number
}

/** Folders are named after the process, so that one finds what another left behind when it was killed. */
const ownName = (): string => `${process.pid}-${randomBytes(4).toString('hex')}`

function isRunning(name: string): boolean {
  const pid = Number(/^(\d+)-/.exec(name)?.[1] ?? Number.NaN)
  // Our own number on another folder is that of a process before us.
  if (!Number.isInteger(pid) || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Paths of the folders this process made. */
const owned = new Set<string>()

// Most programs end by process.exit; then nobody waits for a promise.
const removeOwned = () => {
  for (const folder of owned) rmSync(folder, { recursive: true, force: true })
}

async function sweepFolder(parent: string): Promise<void> {
  for (const name of await readdir(parent))
    if (!owned.has(join(parent, name)) && !isRunning(name))
      await rm(join(parent, name), { recursive: true, force: true })
}

async function makeOwnFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 })
  await sweepFolder(parent)
  const folder = join(parent, ownName())
  if (owned.size === 0) process.once('exit', removeOwned)
  owned.add(folder)
  await mkdir(folder, { mode: 0o700 })
  return folder
}

const unwritable = (cause: unknown): Fault =>
  new Fault(
    'DATA_UNWRITABLE',
    `A large answer could not be kept on disk: ${(cause as NodeJS.ErrnoException)?.code ?? String(cause)}. Check free space and permissions of the data folder.`,
    {},
    cause,
  )

/** Nothing is touched before the first body. */
export function createBodyFolder(parent: string): BodyFolder {
  const kept = new Map<string, Kept>()
  let own: Promise<string> | null = null

  const remove = async ({ path, file }: Writing) => {
    await file.close()
    await rm(path, { force: true })
  }
  const discard = async (id: string) => {
    const body = kept.get(id)
    kept.delete(id)
    if (body !== undefined) await remove(body)
  }
  return {
    async begin() {
      try {
        own ??= makeOwnFolder(parent)
        const path = join(await own, randomUUID())
        return writerTo({ path, file: await createSealedFile(path) }, kept, remove)
      } catch (error) {
        own = null
        throw unwritable(error)
      }
    },
    async read(id, start, length) {
      const body = kept.get(id)
      if (body === undefined)
        throw new Fault('EXCHANGE_UNKNOWN', 'This body is no longer kept: send the request again.', { body: id })
      return body.file.read(start, Math.max(0, Math.min(length, body.size - start)))
    },
    discard,
    // What cannot be removed is noise without its key, and the next process tries again.
    sweep: () => sweepFolder(parent).catch(() => {}),
    async close() {
      await Promise.all([...kept.keys()].map(discard))
      const folder = await own?.catch(() => null)
      own = null
      if (!folder) return
      await rm(folder, { recursive: true, force: true })
      owned.delete(folder)
      if (owned.size === 0) process.off('exit', removeOwned)
    },
  }
}

function writerTo(body: Writing, kept: Map<string, Kept>, remove: (body: Writing) => Promise<void>): BodyWriter {
  let size = 0
  return {
    async append(chunk) {
      try {
        await body.file.append(chunk)
        size += chunk.length
      } catch (error) {
        throw unwritable(error)
      }
    },
    finish() {
      const id = randomUUID()
      kept.set(id, { ...body, size })
      return { id, size }
    },
    abandon: () => remove(body),
  }
}
