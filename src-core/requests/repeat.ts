/** Sends one draft many times, one after the other, each as if it were the only one; what was answered is written down while the bank is at the next. */
import type { Exchange } from '#shared/contract/exchange.ts'
import type { Draft, RepeatEvent } from '#shared/contract/requests.ts'
import type { CallReport } from '../http/call.ts'
import { createRepeatRecord } from './repeat-record.ts'
import { describeCall, makeReady, type ReadyCall, recorded, type SendParts, withExchange } from './send.ts'

export interface RepeatParts extends SendParts {
  /** As `record`, but may wait a moment for others to be made durable with it. */
  recordTogether: SendParts['record']
  /** Makes durable what waits. */
  flushRecords(): Promise<void>
  /** Whether the witness has something to do for such a call; the next one may depend on it, and waits. */
  isWitnessed(prepared: ReadyCall['prepared']): boolean
  /** New tokens for a grant; false when it has nothing to renew them with. Throws what refreshing throws. */
  renew(grant: string): Promise<boolean>
}

interface Answered {
  readonly ready: ReadyCall
  readonly report: CallReport
}

/** Whether the token of this call has ended. */
const hasEnded = ({ prepared: { grant }, at }: ReadyCall): boolean =>
  grant !== null && Date.parse(grant.accessTokenExpiresAt) <= at

/**
 * A token that was good when the run began is renewed once when it ends. One that had ended before, or that nothing
 * renews, is sent as it is: what the bank says then may be what is to be seen.
 */
function createRenewal(draft: Draft, parts: RepeatParts): (ready: ReadyCall) => Promise<ReadyCall> {
  let good: boolean | null = null
  const done = new Set<string>()
  return async (ready) => {
    const { grant } = ready.prepared
    good ??= !hasEnded(ready)
    if (!good || grant === null || !hasEnded(ready) || done.has(grant.accessToken)) return ready
    done.add(grant.accessToken)
    return (await parts.renew(grant.id)) ? makeReady(draft, parts) : ready
  }
}

/**
 * Every call is prepared anew, so a bank, an identity or a grant that changes meanwhile counts from the next call on, and
 * id, date and signature are its own. An aborted signal lets the running call end. What stops a call stops the run,
 * after what was answered until then is durable and told.
 */
export async function* repeat(
  draft: Draft,
  times: number,
  parts: RepeatParts,
  signal?: AbortSignal,
): AsyncGenerator<RepeatEvent, void, void> {
  const record = createRepeatRecord((exchange) => recorded(exchange, draft, parts.recordTogether), parts.flushRecords)
  const renewed = createRenewal(draft, parts)
  const write = ({ ready, report }: Answered): Promise<Exchange> => record.add(describeCall(ready, report, parts))
  let before: Answered | null = null
  let failure: { readonly reason: unknown } | null = null
  try {
    try {
      for (let round = 0; round < times && signal?.aborted !== true; round++) {
        const ready = await renewed(await makeReady(draft, parts))
        // Once this returns the request is on its way: the bank's time is ours for the call before.
        const sending = parts.transport.send(ready.sealed.request, ready.connection)
        if (before !== null) void write(before)
        before = null
        const report = await sending
        before = { ready, report }
        if (report.answer === null || parts.isWitnessed(ready.prepared)) {
          const described = write(before)
          before = null
          const exchange = await described
          if (report.answer === null) throw withExchange(report.fault, exchange.id)
          await parts.witness?.(ready.prepared, { exchange, answer: report.answer })
        }
        await record.room()
        yield* record.told()
      }
    } catch (reason) {
      failure = { reason }
    }
    if (before !== null) void write(before)
    before = null
    await record.settle()
    yield* record.told()
    if (failure !== null) throw failure.reason
    yield { kind: 'ended', times: record.count(), stopped: record.count() < times, last: record.last() }
  } finally {
    // Whoever listened has gone: what was answered is kept all the same.
    if (before !== null) void write(before)
    await record.settle()
  }
}
