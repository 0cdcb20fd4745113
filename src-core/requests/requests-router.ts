/** Answers the contract's calls about requests. */
import { implement } from '@orpc/server'
import { requests } from '#shared/contract/requests.ts'
import { bodyRange } from './body-view.ts'
import { createCallsUnderWay } from './calls-under-way.ts'
import { checkDraft } from './check-draft.ts'
import type { BodyPart } from './large-answers.ts'
import { type RepeatParts, repeat } from './repeat.ts'
import { rehearse, send } from './send.ts'

/** What calls tell others while they run. */
export interface RequestsParts extends RepeatParts {
  changed(call: string): void
  /** Bytes of an answer's body, redacted, from the history or of this session. @throws Fault EXCHANGE_UNKNOWN, of the key store */
  body(exchange: string, start: number, length: number): Promise<BodyPart>
}

export function requestsRouter(parts: RequestsParts) {
  const os = implement(requests)
  const underWay = createCallsUnderWay()
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
    repeat: os.repeat.handler(({ input: { draft, times }, signal }) => repeat(draft, times, parts, signal)),
    body: os.body.handler(async ({ input: { exchange, from, length, as } }) =>
      bodyRange(await parts.body(exchange, from, length), from, as),
    ),
    check: os.check.handler(({ input }) => checkDraft(input, parts)),
    preflight: os.preflight.handler(({ input }) => rehearse(input, parts)),
  })
}
