/** Collects an answer's body, undoes its content coding, stops at a cap counted after decoding, and puts what is large on disk. */
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { Fault, isFault } from '#shared/fault.ts'
import type { BodyFolder, BodyWriter, StoredBody } from './body-folder.ts'

/** Bytes of a body that stay in memory. */
export const memoryLimit = 2 * 1024 * 1024

/** Bytes that may wait for the disk before the sender is held back. */
const backlogLimit = 1024 * 1024

export interface CollectedBody {
  /** All of it, or its first 2 MB when it is `stored`. */
  readonly bytes: Buffer
  readonly size: number
  readonly stored: StoredBody | null
}

/** Takes chunks as they come; `end` gives the decoded body. */
export interface BodyCollector {
  write(chunk: Buffer): void
  end(): Promise<CollectedBody>
  /** Forgets everything that was not handed out. */
  destroy(): void
}

export interface CollectorParts {
  readonly encoding: string | undefined
  readonly cap: number
  /** Where large bodies go; null keeps them in memory. */
  readonly folder: BodyFolder | null
  /** Holds the sender back, and lets it go on. */
  pause(): void
  resume(): void
  /** Called once at most: the cap is passed, the coding is damaged, or the disk is full. */
  fail(fault: Fault): void
}

interface Sink {
  write(chunk: Buffer): void
  end(): Promise<CollectedBody>
  destroy(): void
}

const decoders: Record<string, () => ReturnType<typeof createGunzip>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

const tooLarge = (cap: number): Fault =>
  new Fault(
    'RESPONSE_TOO_LARGE',
    `The body of the answer is larger than the limit of ${cap} bytes (counted after decompression). Ask for less, or raise the limit.`,
    { cap },
  )

/** Writes chunks to disk one after the other, and holds the sender back while too much waits. */
function createSpill(folder: BodyFolder, { pause, resume }: Flow, fail: (fault: Fault) => void) {
  let waiting = 0
  let held = false
  let given = false
  let writer: BodyWriter | null = null
  const failWith = (error: unknown) =>
    fail(isFault(error) ? error : new Fault('INTERNAL', 'A large answer could not be kept.', {}, error))
  let work: Promise<void> = folder.begin().then((made) => {
    writer = made
  })
  work.catch(failWith)
  return {
    append(chunk: Buffer) {
      waiting += chunk.length
      if (waiting > backlogLimit && !held) {
        held = true
        pause()
      }
      work = work.then(async () => {
        await writer?.append(chunk)
        waiting -= chunk.length
        if (!held || waiting > 0) return
        held = false
        resume()
      })
      work.catch(failWith)
    },
    async finish(): Promise<StoredBody | null> {
      await work
      given = true
      return writer?.finish() ?? null
    },
    abandon() {
      if (given) return
      given = true
      const drop = () => writer?.abandon()
      work.then(drop, drop).catch(() => {})
    },
  }
}

interface Flow {
  pause(): void
  resume(): void
}

function createSink(cap: number, folder: BodyFolder | null, flow: Flow, report: (fault: Fault) => void): Sink {
  const chunks: Buffer[] = []
  let size = 0
  let failed: Fault | null = null
  let spill: ReturnType<typeof createSpill> | null = null
  const fail = (fault: Fault) => {
    if (failed !== null) return
    failed = fault
    report(fault)
  }
  return {
    write(chunk) {
      if (failed !== null) return
      size += chunk.length
      if (size > cap) {
        fail(tooLarge(cap))
        return
      }
      if (spill === null) chunks.push(chunk)
      if (size <= memoryLimit || folder === null) return
      if (spill !== null) {
        spill.append(chunk)
        return
      }
      spill = createSpill(folder, flow, fail)
      for (const earlier of chunks) spill.append(earlier)
    },
    // The cap may be passed by what a decoder still held when the answer was over: then the end is the failure.
    async end() {
      const stored = (await spill?.finish()) ?? null
      if (failed !== null) throw failed
      const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
      return { bytes: stored === null ? bytes : bytes.subarray(0, memoryLimit), size, stored }
    },
    destroy() {
      chunks.length = 0
      spill?.abandon()
    },
  }
}

export function collectBody({ encoding, cap, folder, pause, resume, fail }: CollectorParts): BodyCollector {
  const coding = encoding?.trim().toLowerCase() ?? ''
  const make = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined
  if (make === undefined) return createSink(cap, folder, { pause, resume }, fail)
  const decoder = make()
  const plain = createSink(cap, folder, { pause: () => decoder.pause(), resume: () => decoder.resume() }, (fault) => {
    fail(fault)
    decoder.destroy()
    stopped(fault)
  })
  let stopped: (fault: Fault) => void = () => {}
  const done = new Promise<CollectedBody>((resolve, reject) => {
    stopped = reject
    decoder.on('data', (chunk: Buffer) => plain.write(chunk))
    decoder.on('end', () => resolve(plain.end()))
    decoder.on('error', (cause) => {
      const message = `The body says it is ${coding} but cannot be decoded.`
      const fault = new Fault('RESPONSE_MALFORMED', message, { coding }, cause)
      fail(fault)
      reject(fault)
    })
  })
  done.catch(() => {})
  let held = false
  decoder.on('drain', () => {
    if (held) resume()
    held = false
  })
  return {
    write(chunk) {
      if (decoder.destroyed || decoder.write(chunk) || held) return
      held = true
      pause()
    },
    end: () => {
      if (!decoder.destroyed) decoder.end()
      return done
    },
    destroy() {
      decoder.destroy()
      plain.destroy()
    },
  }
}
