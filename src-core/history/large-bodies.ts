/** Keeps the redacted bodies that are too large for the database in sealed files beside it, as long as their exchange. */
import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, isFault } from '#shared/fault.ts'
import type { HistoryKey } from './history-key.ts'
import { createSealedStream, headLength, readSealedStream } from './sealed-stream.ts'

export interface LargeBodyWriter {
  append(bytes: Buffer): Promise<void>
  /** @returns bytes that were appended */
  finish(): Promise<number>
  abandon(): Promise<void>
}

export interface LargeBodies {
  /** null: there is no key to seal with now. @throws Fault DATA_UNWRITABLE */
  begin(exchange: string): Promise<LargeBodyWriter | null>
  /** The exchange is in the history: from now on the body is kept as long as it. */
  confirm(exchange: string): Promise<void>
  /** The exchange could not be recorded. */
  abandon(exchange: string): Promise<void>
  /** null: there is no such body. @throws Fault of the key store, SECRET_DAMAGED */
  read(exchange: string, start: number, length: number): Promise<{ bytes: Buffer; size: number } | null>
  remove(exchanges: readonly string[] | 'all'): Promise<void>
  /** Removes what no exchange has, and finishes what a killed process began. @param isKept whether the history has it */
  sweep(isKept: (exchange: string) => boolean): Promise<void>
}

const exchangeId = /^[0-9a-f-]{36}$/
/** Not confirmed yet: the number is that of the process. */
const unconfirmed = /^([0-9a-f-]{36})\.(\d+)-[0-9a-f]{8}$/

const unwritable = (cause: unknown): Fault =>
  isFault(cause)
    ? cause
    : new Fault(
        'DATA_UNWRITABLE',
        `A large body could not be kept: ${(cause as NodeJS.ErrnoException)?.code ?? String(cause)}. Check free space and permissions of the data folder.`,
        {},
        cause,
      )

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Without its salt a file does not open even with the key of the history: what lingers on the disk is noise. */
async function removeForGood(path: string): Promise<void> {
  try {
    const file = await open(path, 'r+')
    try {
      await file.write(Buffer.alloc(headLength), 0, headLength, 0)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch {
    // Gone already, or not to be written: then removing it is all there is.
  }
  await rm(path, { force: true })
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no folders to sync.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** @param folder is made with the first body */
export function createLargeBodies(folder: string, key: HistoryKey): LargeBodies {
  const ownTag = `${process.pid}-${randomBytes(4).toString('hex')}`
  const finalPath = (exchange: string) => join(folder, exchange)
  const earlyPath = (exchange: string) => join(folder, `${exchange}.${ownTag}`)
  const pathOf = (exchange: string): string => {
    if (exchangeId.test(exchange)) return finalPath(exchange)
    throw new Fault('EXCHANGE_UNKNOWN', `History has no exchange "${exchange}".`, { id: exchange })
  }
  const names = () => readdir(folder).catch(() => [] as string[])
  return {
    async begin(exchange) {
      const sealWith = await key.orReason()
      if (typeof sealWith === 'string') return null
      const path = earlyPath(exchange)
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const stream = await createSealedStream(path, exchange, sealWith)
        const abandon = async () => {
          await stream.abandon().catch(() => {})
          await removeForGood(path)
        }
        const guarded = <Result>(work: Promise<Result>) =>
          work.catch((error: unknown) => {
            throw unwritable(error)
          })
        return { append: (bytes) => guarded(stream.append(bytes)), finish: () => guarded(stream.finish()), abandon }
      } catch (error) {
        await rm(path, { force: true }).catch(() => {})
        throw unwritable(error)
      }
    },
    async confirm(exchange) {
      await rename(earlyPath(exchange), finalPath(exchange))
      await syncFolder(folder)
    },
    abandon: (exchange) => removeForGood(earlyPath(exchange)),
    async read(exchange, start, length) {
      const path = pathOf(exchange)
      try {
        const known = await key.toOpen()
        if (known === null)
          throw new Fault('SECRET_ABSENT', 'The key store has no key of this history: it may be in another key store.')
        return await readSealedStream(path, exchange, known, start, length)
      } catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
        throw error
      }
    },
    async remove(exchanges) {
      // What another process is writing belongs to no exchange yet.
      const done = (name: string) => !isRunning(Number(unconfirmed.exec(name)?.[2] ?? Number.NaN))
      const wanted = exchanges === 'all' ? (await names()).filter(done) : exchanges.filter((id) => exchangeId.test(id))
      for (const name of wanted) await removeForGood(join(folder, name))
    },
    async sweep(isKept) {
      for (const name of await names()) {
        const [, early, pid] = unconfirmed.exec(name) ?? []
        if (early === undefined) {
          if (exchangeId.test(name) && !isKept(name)) await removeForGood(join(folder, name))
        } else if (!name.endsWith(`.${ownTag}`) && !isRunning(Number(pid))) {
          if (isKept(early)) await rename(join(folder, name), finalPath(early))
          else await removeForGood(join(folder, name))
        }
      }
    },
  }
}
