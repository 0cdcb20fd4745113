/** Work that tells of itself while it runs. Met by its name, so that two views that do not know each other show the same run. */
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import type { Fault } from '#shared/fault.ts'
import { fromWire } from '#shared/wire.ts'

export interface StreamState<Subject, Event> {
  /** What the newest run is about; null before the first one. */
  readonly subject: Subject | null
  readonly events: readonly Event[]
  readonly running: boolean
  readonly cancelled: boolean
  readonly fault: Fault | null
}

export type Stream<Subject, Event> = UseBoundStore<StoreApi<StreamState<Subject, Event>>> & {
  /** Ends a run that is under way, then starts. Resolves when the run is over, however it ended. */
  run(
    subject: Subject,
    open: (signal: AbortSignal) => Promise<AsyncIterable<Event>>,
    onEvent?: (event: Event) => void,
  ): Promise<void>
  cancel(): void
  /** Forgets a run that is over. */
  clear(): void
}

const still = { subject: null, events: [], running: false, cancelled: false, fault: null }

function createStream<Subject, Event>(): Stream<Subject, Event> {
  const store = create<StreamState<Subject, Event>>(() => still)
  let newest: AbortController | null = null
  const run: Stream<Subject, Event>['run'] = async (subject, open, onEvent) => {
    newest?.abort()
    const mine = new AbortController()
    newest = mine
    store.setState({ ...still, subject, running: true })
    let fault: Fault | null = null
    try {
      for await (const event of await open(mine.signal)) {
        if (mine.signal.aborted) break
        store.setState(({ events }) => ({ events: [...events, event] }))
        onEvent?.(event)
      }
    } catch (error) {
      if (!mine.signal.aborted) fault = fromWire(error)
    }
    if (newest === mine) store.setState({ running: false, cancelled: mine.signal.aborted, fault })
  }
  const cancel = () => {
    newest?.abort()
    store.setState(({ running, cancelled }) => ({ running: false, cancelled: cancelled || running }))
  }
  const clear = () => {
    if (!store.getState().running) store.setState(still)
  }
  return Object.assign(store, { run, cancel, clear })
}

const known = new Map<string, Stream<never, never>>()

/** The stream of this name; its types are the same wherever it is asked for. */
export function streamNamed<Subject, Event>(name: string): Stream<Subject, Event> {
  const found = known.get(name) ?? createStream<never, never>()
  known.set(name, found)
  return found as unknown as Stream<Subject, Event>
}
