/** Answers the contract's calls about history. */
import { implement } from '@orpc/server'
import { history } from '#shared/contract/history.ts'
import type { ExchangeLog } from './exchange-log.ts'

/** @param changed is called when exchanges were deleted. */
export function historyRouter(log: ExchangeLog, changed: () => void = () => {}) {
  const os = implement(history)
  return os.router({
    list: os.list.handler(({ input }) => log.list(input)),
    show: os.show.handler(({ input }) => log.show(input.id)),
    compare: os.compare.handler(({ input }) => log.compare(input.a, input.b)),
    draft: os.draft.handler(({ input }) => log.draft(input.id)),
    delete: os.delete.handler(async ({ input }) => {
      const removed = await log.delete(input)
      changed()
      return removed
    }),
    retention: os.retention.handler(() => log.retention()),
    keepFor: os.keepFor.handler(async ({ input }) => {
      const result = await log.keepFor(input)
      if (result.deleted > 0) changed()
      return result
    }),
    status: os.status.handler(() => log.status()),
    salvage: os.salvage.handler(async ({ input }) => {
      const broughtBack = await log.salvage(input.file)
      changed()
      return { broughtBack }
    }),
    dismiss: os.dismiss.handler(() => log.dismiss()),
  })
}
