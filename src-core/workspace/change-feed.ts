/** Tells every listener what has changed; a slow listener is told once per thing, however often it changed meanwhile. */
import type { Change } from '#shared/contract/workspace.ts'

export interface ChangeFeed {
  publish(change: Change): void
  /** Ends with the signal or with the iteration. */
  listen(signal?: AbortSignal): AsyncGenerator<Change, void, void>
}

interface Listener {
  readonly waiting: Map<string, Change>
  wake: () => void
}

export function createChangeFeed(): ChangeFeed {
  const listeners = new Set<Listener>()
  return {
    publish(change) {
      for (const listener of listeners) {
        listener.waiting.set(`${change.area} ${change.id ?? ''}`, change)
        listener.wake()
      }
    },
    async *listen(signal) {
      const listener: Listener = { waiting: new Map(), wake: () => {} }
      listeners.add(listener)
      // One for the whole time: a window listens for hours and hears of thousands of changes.
      const wake = () => listener.wake()
      signal?.addEventListener('abort', wake, { once: true })
      try {
        while (signal?.aborted !== true) {
          for (const [key, change] of listener.waiting) {
            listener.waiting.delete(key)
            yield change
          }
          await new Promise<void>((resolve) => {
            listener.wake = resolve
            if (listener.waiting.size > 0 || signal?.aborted) resolve()
          })
        }
      } finally {
        signal?.removeEventListener('abort', wake)
        listeners.delete(listener)
      }
    },
  }
}
