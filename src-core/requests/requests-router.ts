/** Answers the contract's calls about requests. */
import { implement } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import { createCallsUnderWay } from './calls-under-way.ts'
import { rehearse, type SendParts, send } from './send.ts'

/** What calls tell others while they run. */
export interface RequestsParts extends SendParts {
  changed(call: string): void
}

export function requestsRouter(parts: RequestsParts) {
  const os = implement(contract.requests)
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
    preflight: os.preflight.handler(({ input }) => rehearse(input, parts)),
  })
}
