/** Compares two answers of which one at least is too large to be compared field by field: byte by byte, in parts. */
import type { KeptExchange } from '#shared/contract/history.ts'
import type { LargeBodies } from './large-bodies.ts'

export interface ComparedBodies {
  /** In sentences. */
  readonly notCompared: string[]
}

const step = 1024 * 1024

type Read = LargeBodies['read']

const isLarge = ({ response }: KeptExchange): boolean => response?.bodyComplete === false

async function bytesOf({ id, response }: KeptExchange, at: number, read: Read): Promise<Buffer> {
  if (response?.stored) return (await read(id, at, step))?.bytes ?? Buffer.alloc(0)
  return Buffer.from(response?.body ?? '').subarray(at, at + step)
}

/** @returns the first byte that is not the same; null when there is none. */
async function firstDifference(a: KeptExchange, b: KeptExchange, read: Read): Promise<number | null> {
  for (let at = 0; ; at += step) {
    const [left, right] = [await bytesOf(a, at, read), await bytesOf(b, at, read)]
    if (!left.equals(right)) {
      let same = 0
      while (left[same] === right[same]) same += 1
      return at + same
    }
    if (left.length < step) return null
  }
}

async function sentence(a: KeptExchange, b: KeptExchange, read: Read): Promise<string | null> {
  const intro = 'The bodies of the answers were not compared field by field: one of them is larger than 2 MB.'
  const unread = [a, b].some(
    ({ response, bodies }) => bodies !== 'kept' || (response?.bodyComplete === false && !response.stored),
  )
  if (unread) return `${intro} Not all of it can be read.`
  try {
    const at = await firstDifference(a, b, read)
    return at === null ? null : `${intro} They are not the same from byte ${at} on.`
  } catch {
    return `${intro} Not all of it can be read.`
  }
}

/** Nothing to say where both are the same, byte for byte. */
export async function compareLarge(a: KeptExchange, b: KeptExchange, read: Read): Promise<ComparedBodies> {
  if (!isLarge(a) && !isLarge(b)) return { notCompared: [] }
  const found = await sentence(a, b, read)
  return { notCompared: found === null ? [] : [found] }
}
