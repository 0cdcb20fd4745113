/** What this process noticed while it was calling: how far each bank's clock is off, and since when it has had a code. */
import { createHash } from 'node:crypto'

/** Seconds; the Date header counts whole ones. */
export interface ClockSight {
  readonly host: string
  /** By how much the bank is ahead of this machine. */
  readonly ahead: number
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface CallMemory {
  /** `date`: the Date header of an answer that began at `at`, milliseconds since 1970. */
  noteClock(environment: string, url: string, date: string | undefined, at: number): void
  /** null before the first answer of the host. */
  clock(environment: string, url: string): ClockSight | null
  /** When the code was first seen here, milliseconds since 1970: at least as long ago the bank handed it out. */
  codeSince(code: string, now: number): number
}

/** Codes that are kept in mind; they live for seconds. */
const mostCodes = 50

const hostOf = (url: string): string => /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? ''

/** Seconds the sender of a Date header is ahead; null where the header is none. */
export function clockAhead(date: string | undefined, at: number): number | null {
  const there = date === undefined ? Number.NaN : Date.parse(date)
  // The header leaves out what follows the second.
  return Number.isNaN(there) ? null : Math.round((there + 500 - at) / 1000)
}

export function createCallMemory(): CallMemory {
  const clocks = new Map<string, ClockSight>()
  const codes = new Map<string, number>()
  return {
    noteClock(environment, url, date, at) {
      const ahead = clockAhead(date, at)
      const host = hostOf(url)
      if (ahead !== null) clocks.set(`${environment} ${host}`, { host, ahead, at })
    },
    clock: (environment, url) => clocks.get(`${environment} ${hostOf(url)}`) ?? null,
    codeSince(code, now) {
      const key = createHash('sha256').update(code).digest('base64')
      const since = codes.get(key) ?? now
      codes.set(key, since)
      const [oldest] = codes.keys()
      if (codes.size > mostCodes && oldest !== undefined) codes.delete(oldest)
      return since
    },
  }
}
