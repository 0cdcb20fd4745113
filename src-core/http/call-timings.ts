/** Where the time of a call went. */
import type { Timings } from '#shared/contract/exchange.ts'

const round = (milliseconds: number): number => Math.round(Math.max(0, milliseconds) * 1000) / 1000

/** Of a connection that was there already. */
export const noTimes = { dns: 0, tcp: 0, tls: 0 }

/** performance.now() values; 0 where it did not come to that. */
export function timingsOf(
  started: number,
  made: { readonly dns: number; readonly tcp: number; readonly tls: number },
  sentAt: number,
  headersAt: number,
): Timings {
  const now = performance.now()
  const answered = headersAt === 0 ? now : headersAt
  return {
    dns: round(made.dns),
    tcp: round(made.tcp),
    tls: round(made.tls),
    wait: sentAt === 0 ? 0 : round(answered - sentAt),
    download: headersAt === 0 ? 0 : round(now - headersAt),
    total: round(now - started),
  }
}
