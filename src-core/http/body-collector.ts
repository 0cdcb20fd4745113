/** Collects an answer's body, undoes its content coding and stops at a cap counted after decoding. */
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { Fault } from '#shared/fault.ts'

/** Takes chunks as they come; `end` gives the decoded body. */
export interface BodyCollector {
  write(chunk: Buffer): void
  end(): Promise<Buffer>
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

function plainCollector(cap: number, fail: (fault: Fault) => void): BodyCollector {
  const chunks: Buffer[] = []
  let size = 0
  let exceeded: Fault | null = null
  return {
    write(chunk) {
      if (exceeded !== null) return
      size += chunk.length
      if (size <= cap) {
        chunks.push(chunk)
        return
      }
      exceeded = tooLarge(cap)
      fail(exceeded)
    },
    // The cap may be passed by what a decoder still held when the answer was over: then the end is the failure.
    end: () =>
      exceeded === null
        ? Promise.resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
        : Promise.reject(exceeded),
    destroy: () => {
      chunks.length = 0
    },
  }
}

/** `fail` is called once at most, as soon as the cap is passed or the coding turns out to be damaged. */
export function collectBody(
  contentEncoding: string | undefined,
  cap: number,
  fail: (fault: Fault) => void,
): BodyCollector {
  const coding = contentEncoding?.trim().toLowerCase() ?? ''
  const make = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined
  const plain = plainCollector(cap, fail)
  if (make === undefined) return plain
  const decoder = make()
  const done = new Promise<Buffer>((resolve, reject) => {
    decoder.on('data', (chunk: Buffer) => plain.write(chunk))
    decoder.on('end', () => resolve(plain.end()))
    decoder.on('error', (cause) => {
      const fault = new Fault(
        'RESPONSE_MALFORMED',
        `The body says it is ${coding} but cannot be decoded.`,
        { coding },
        cause,
      )
      fail(fault)
      reject(fault)
    })
  })
  done.catch(() => {})
  return {
    write: (chunk) => void decoder.write(chunk),
    end: () => {
      decoder.end()
      return done
    },
    destroy: () => decoder.destroy(),
  }
}
