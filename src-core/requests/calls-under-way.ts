/** Keeps track of calls that outlive whoever started them: a reloaded window finds them again, and can stop them. */
import { Fault } from '#shared/fault.ts'

export interface CallUnderWay {
  readonly call: string
  readonly bank: string
  readonly operation: string
  /** ISO 8601. */
  readonly startedAt: string
}

export interface CallsUnderWay {
  /** Runs work under the caller's own name for it. Throws INPUT_INVALID while another call has that name. */
  run<Result>(what: CallUnderWay, work: (signal: AbortSignal) => Promise<Result>): Promise<Result>
  /** False when there is no such call any more. */
  cancel(call: string): boolean
  list(): CallUnderWay[]
}

export function createCallsUnderWay(): CallsUnderWay {
  const running = new Map<string, { what: CallUnderWay; controller: AbortController }>()
  return {
    async run(what, work) {
      if (running.has(what.call))
        throw new Fault('INPUT_INVALID', 'A call of this name is under way.', { field: 'call' })
      const controller = new AbortController()
      running.set(what.call, { what, controller })
      try {
        return await work(controller.signal)
      } finally {
        running.delete(what.call)
      }
    },
    cancel(call) {
      running.get(call)?.controller.abort()
      return running.has(call)
    },
    list: () => [...running.values()].map(({ what }) => what),
  }
}
