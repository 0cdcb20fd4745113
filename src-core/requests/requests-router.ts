/** Answers the contract's calls about requests. */
import { implement } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import { rehearse, type SendParts, send } from './send.ts'

export function requestsRouter(parts: SendParts) {
  const os = implement(contract.requests)
  return os.router({
    send: os.send.handler(async ({ input, signal }) => (await send(input, parts, signal)).exchange),
    preflight: os.preflight.handler(({ input }) => rehearse(input, parts)),
  })
}
