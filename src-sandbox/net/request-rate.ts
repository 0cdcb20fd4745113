/** Holds back another machine that sends more than a workshop does; this machine is never counted. */
import { limits } from '#sandbox/state/limits.ts'
import { type Answer, jsonAnswer } from './answer.ts'

export interface RequestRate {
  /** @param address of the client. @returns the answer to give instead of serving it; null where it may pass. */
  refusal(address: string | undefined): Answer | null
}

interface Bucket {
  left: number
  at: number
}

/** Addresses remembered at once; a full table forgets those that have been quiet. */
const mostAddresses = 10_000

const isThisMachine = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address)

const refused = (): Answer =>
  jsonAnswer(
    429,
    {
      error: 'too_many_requests',
      message: `The local sandbox takes ${limits.requestsPerSecond} requests a second from one machine. Wait a second.`,
    },
    'too many requests from one machine',
    { 'retry-after': '1' },
  )

/** A bucket per address that refills with the seconds. @param now milliseconds, of any clock that only goes forward. */
export function openRequestRate(now: () => number = () => performance.now()): RequestRate {
  const buckets = new Map<string, Bucket>()
  const forgetQuiet = (at: number): void => {
    const refilled = (limits.burst / limits.requestsPerSecond) * 1000
    for (const [address, bucket] of buckets) if (at - bucket.at > refilled) buckets.delete(address)
    if (buckets.size >= mostAddresses) buckets.clear()
  }
  return {
    refusal: (address) => {
      if (address === undefined || isThisMachine(address)) return null
      const at = now()
      const known = buckets.get(address)
      if (!known && buckets.size >= mostAddresses) forgetQuiet(at)
      const bucket = known ?? { left: limits.burst, at }
      const gained = ((at - bucket.at) / 1000) * limits.requestsPerSecond
      bucket.left = Math.min(limits.burst, bucket.left + gained)
      bucket.at = at
      buckets.set(address, bucket)
      if (bucket.left < 1) return refused()
      bucket.left -= 1
      return null
    },
  }
}
