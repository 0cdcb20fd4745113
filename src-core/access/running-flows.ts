/** The authorisations this process waits for: where a pasted callback goes, and how one is stopped. */
import { Fault } from '#shared/fault.ts'

interface Running {
  /** Throws what is wrong with it; the wait goes on then. */
  paste(url: string): void
  stop(): void
}

export interface RunningFlows {
  add(flow: string, running: Running): void
  remove(flow: string): void
  has(flow: string): boolean
  /** Throws FLOW_UNKNOWN, and what the flow finds wrong with the address. */
  paste(flow: string, url: string): void
  /** False when this process does not wait for it. */
  stop(flow: string): boolean
}

export function createRunningFlows(): RunningFlows {
  const running = new Map<string, Running>()
  return {
    add: (flow, one) => void running.set(flow, one),
    remove: (flow) => void running.delete(flow),
    has: (flow) => running.has(flow),
    paste(flow, url) {
      const one = running.get(flow)
      if (one === undefined)
        throw new Fault(
          'FLOW_UNKNOWN',
          `No authorisation "${flow}" is waiting here. If it was abandoned, resume it with the address: tpp access resume ${flow} --url-file FILE`,
          { flow },
        )
      one.paste(url)
    },
    stop(flow) {
      running.get(flow)?.stop()
      return running.has(flow)
    },
  }
}
