/** Answers the contract's calls about requests. */
import { implement } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import type { BankShelf } from '../banks/bank-shelf.ts'
import { bodyRange } from './body-view.ts'
import { createCallsUnderWay } from './calls-under-way.ts'
import { explainReport } from './explain/explain-report.ts'
import { type RepeatParts, repeat } from './repeat.ts'
import type { BodyPart } from './large-answers.ts'
import { type ExplainSignatureParts, explainSignature } from './report/explain-signature.ts'
import { openReport } from './report/open-report.ts'
import { runRead } from './report/run-read.ts'
import { rehearse, send } from './send.ts'

/** What calls tell others while they run. */
export interface RequestsParts
  extends RepeatParts,
    Pick<ExplainSignatureParts, 'exchange' | 'certificate' | 'readNames'> {
  readonly banks: Pick<BankShelf, 'at' | 'all' | 'open'>
  changed(call: string): void
  /** Bytes of an answer's body, redacted, from the history or of this session. @throws Fault EXCHANGE_UNKNOWN, of the key store */
  body(exchange: string, start: number, length: number): Promise<BodyPart>
}

export function requestsRouter(parts: RequestsParts) {
  const os = implement(contract.requests)
  const underWay = createCallsUnderWay()
  const reportParts = { ...parts, read: runRead, explain: explainReport }
  return os.router({
    dispatch: os.dispatch.handler(async ({ input: { call, draft } }) => {
      const { bank, operation } = draft
      const startedAt = new Date(parts.now()).toISOString()
      try {
        return await underWay.run({ call, bank, operation, startedAt }, async (signal) => {
          parts.changed(call)
          return (await send(draft, parts, signal)).exchange
        })
      } finally {
        parts.changed(call)
      }
    }),
    cancel: os.cancel.handler(({ input }) => ({ cancelled: underWay.cancel(input.call) })),
    running: os.running.handler(() => underWay.list()),
    send: os.send.handler(async ({ input, signal }) => (await send(input, parts, signal)).exchange),
    openReport: os.openReport.handler(({ input, signal }) => openReport(input, reportParts, signal)),
    explainSignature: os.explainSignature.handler(({ input, signal }) => explainSignature(input, reportParts, signal)),
    repeat: os.repeat.handler(({ input: { draft, times }, signal }) => repeat(draft, times, parts, signal)),
    body: os.body.handler(async ({ input: { exchange, from, length, as } }) =>
      bodyRange(await parts.body(exchange, from, length), from, as),
    ),
    preflight: os.preflight.handler(({ input }) => rehearse(input, parts)),
  })
}
