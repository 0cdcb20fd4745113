/** Keeps answers above 2 MB readable by range: redacted and sealed beside the history, or for this session where that cannot be. */
import type { Exchange, Finding } from '#shared/contract/exchange.ts'
import { isFault } from '#shared/fault.ts'
import type { LargeBodies } from '../history/large-bodies.ts'
import type { BodyFolder, StoredBody } from '../http/body-folder.ts'
import type { Answer } from '../http/call.ts'
import { type BodyRedaction, createRedactStream } from './redact-stream.ts'
import { wholeCharacters } from './whole-characters.ts'

/** Bytes of a large body that an exchange carries itself. */
export const headSize = 64 * 1024
/** Bytes read and redacted at a time. */
const step = 256 * 1024
/** Bodies no history keeps, at most: the oldest goes. */
const mostInSession = 8

export interface KeptAnswer {
  /** The beginning, redacted. */
  readonly head: string
  /** Bytes of the whole, redacted; null: only the beginning is left, and the finding says why. */
  readonly stored: { readonly size: number; readonly shown: number } | null
  readonly finding: Finding | null
}

export interface BodyPart {
  readonly bytes: Buffer
  /** Of the whole body. */
  readonly size: number
}

export interface LargeAnswers {
  /** Never throws: a disk that is full must not cost the answer what is in memory of it. */
  keep(exchange: string, answer: Answer, redaction: BodyRedaction): Promise<KeptAnswer>
  /** What becomes of the body depends on whether its exchange is recorded. Ends as `recording` does. */
  settled(exchange: Exchange, recording: Promise<void>): Promise<void>
  /** null: there is no large body of this exchange. @throws Fault of the key store, SECRET_DAMAGED, DATA_UNWRITABLE */
  read(exchange: string, start: number, length: number): Promise<BodyPart | null>
  /** Exchanges were deleted. */
  forget(exchanges: readonly string[] | 'all'): Promise<void>
  /** Drops what is kept for this session. */
  close(): Promise<void>
}

export interface LargeAnswerParts {
  /** Where the transport put them as they came, and what is kept for the session: nothing there outlives this process. */
  readonly folder: BodyFolder
  readonly history: Pick<LargeBodies, 'begin' | 'confirm' | 'abandon' | 'read'>
}

interface Raw {
  readonly stored: StoredBody
  readonly redaction: BodyRedaction
}

interface Copied {
  readonly head: Buffer
  readonly size: number
}

const cut = (bytes: Buffer): Buffer => bytes.subarray(0, wholeCharacters(bytes.subarray(0, headSize)))

/** What is in memory of an answer that could not be copied. */
function beginningOf({ body }: Answer, redaction: BodyRedaction): string {
  const stream = createRedactStream(redaction)
  return cut(Buffer.concat([...stream.write(body), stream.end()])).toString('utf8')
}

const reasonOf = (error: unknown): string => (isFault(error) ? error.message : 'The workbench made a mistake.')

const onlyNow = (error: unknown): Finding => ({
  id: 'body-not-kept',
  severity: 'warning',
  message: `The body can be read until the workbench ends; it is not kept with the history. ${reasonOf(error)}`,
})

function lost(answer: Answer, error: unknown): Finding {
  const reason = reasonOf(error)
  const message = `Only the beginning of the body is here, of ${answer.size} bytes. ${reason}`
  return { id: 'body-cut', severity: 'warning', message }
}

export function createLargeAnswers({ folder, history }: LargeAnswerParts): LargeAnswers {
  /** As they came, until it is known what becomes of their exchange. */
  const raw = new Map<string, Raw>()
  const session = new Map<string, StoredBody>()

  const copy = async ({ stored, redaction }: Raw, append: (bytes: Buffer) => Promise<void>): Promise<Copied> => {
    const stream = createRedactStream(redaction)
    let head: Buffer = Buffer.alloc(0)
    let size = 0
    const take = async (bytes: Buffer) => {
      if (head.length < headSize) head = Buffer.concat([head, bytes.subarray(0, headSize)])
      size += bytes.length
      await append(bytes)
    }
    for (let at = 0; at < stored.size; at += step)
      for (const bytes of stream.write(await folder.read(stored.id, at, step))) await take(bytes)
    await take(stream.end())
    return { head, size }
  }
  const forgetOne = async (exchange: string) => {
    const stored = session.get(exchange)
    session.delete(exchange)
    if (stored !== undefined) await folder.discard(stored.id).catch(() => {})
  }
  const keepForSession = async (exchange: string, source: Raw): Promise<Copied> => {
    const writer = await folder.begin()
    try {
      const copied = await copy(source, (bytes) => writer.append(bytes))
      session.set(exchange, writer.finish())
      for (const oldest of [...session.keys()].slice(0, -mostInSession)) await forgetOne(oldest)
      return copied
    } catch (error) {
      await writer.abandon().catch(() => {})
      throw error
    }
  }
  const keepInHistory = async (exchange: string, source: Raw): Promise<Copied | null> => {
    const writer = await history.begin(exchange)
    if (writer === null) return null
    try {
      const copied = await copy(source, (bytes) => writer.append(bytes))
      await writer.finish()
      return copied
    } catch (error) {
      await writer.abandon().catch(() => {})
      throw error
    }
  }
  const discardRaw = async (exchange: string) => {
    const source = raw.get(exchange)
    raw.delete(exchange)
    if (source !== undefined) await folder.discard(source.stored.id).catch(() => {})
  }
  /** Never throws: reading a body that could not be kept says so. */
  const settle = async (id: string, recorded: boolean): Promise<void> => {
    const source = raw.get(id)
    if (source === undefined) return
    try {
      if (session.has(id)) return
      if (recorded) return await history.confirm(id)
      await history.abandon(id)
      // Whoever waits for the answer reads it all the same, as long as this process runs.
      await keepForSession(id, source)
    } catch {
      // Nothing is left to do for it.
    } finally {
      await discardRaw(id)
    }
  }
  return {
    async keep(exchange, answer, redaction) {
      if (answer.stored === null) throw new TypeError('Only what is on disk is a large answer.')
      const source = { stored: answer.stored, redaction }
      raw.set(exchange, source)
      let finding: Finding | null = null
      const inHistory = await keepInHistory(exchange, source).catch((error: unknown) => {
        finding = onlyNow(error)
        return null
      })
      try {
        const { head, size } = inHistory ?? (await keepForSession(exchange, source))
        const shown = cut(head)
        return { head: shown.toString('utf8'), stored: { size, shown: shown.length }, finding }
      } catch (error) {
        return { head: beginningOf(answer, redaction), stored: null, finding: lost(answer, error) }
      }
    },
    async settled({ id }, recording) {
      try {
        await recording
        await settle(id, true)
      } catch (error) {
        await settle(id, false)
        throw error
      }
    },
    async read(exchange, start, length) {
      const stored = session.get(exchange)
      if (stored === undefined) return history.read(exchange, start, length)
      return { bytes: await folder.read(stored.id, start, length), size: stored.size }
    },
    async forget(exchanges) {
      for (const each of exchanges === 'all' ? [...session.keys()] : exchanges) await forgetOne(each)
    },
    async close() {
      for (const each of session.keys()) await forgetOne(each)
      for (const each of raw.keys()) await discardRaw(each)
    },
  }
}
