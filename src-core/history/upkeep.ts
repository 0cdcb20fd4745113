/** What the history does by itself while it is open: retention, clearing that was cut short, sealing of earlier bodies. */
import { finishClearing } from './delete-exchanges.ts'
import type { HistoryKey } from './history-key.ts'
import type { OpenHistory } from './open-history.ts'
import { sealEarlierBodies, unsealedCount } from './seal-earlier-bodies.ts'

export interface UpkeepParts {
  readonly file: string
  readonly key: HistoryKey
  /** Deletes what has outlived its time, unless `stop` says that the database was closed. */
  clean(stop: () => boolean): Promise<unknown>
}

export interface Upkeep {
  /** @param closed whether the given database is not the open one any more. */
  start(history: OpenHistory, closed: (history: OpenHistory) => boolean): void
  /** The key store was open a moment ago. */
  keyIsHere(): void
  stop(): void
}

const daily = 86_400_000

/** Nobody waits for it, and the next opening tries again: a failure here is no one's fault to hear of. */
const quietly = (work: () => Promise<unknown>): void => void work().catch(() => {})

export function createUpkeep({ file, key, clean }: UpkeepParts): Upkeep {
  let timer: NodeJS.Timeout | null = null
  let earlier: (() => Promise<void>) | null = null
  let sealing = false
  return {
    start(history, closed) {
      if (history.readOnly !== null) return
      const stop = () => closed(history)
      const seal = async (): Promise<void> => {
        const known = key.held()
        if (known === null || sealing) return
        sealing = true
        try {
          await sealEarlierBodies(history, known, file, () => stop() || key.held() === null)
          if (!stop() && unsealedCount(history) === 0) earlier = null
        } finally {
          sealing = false
        }
      }
      earlier = unsealedCount(history) === 0 ? null : seal
      quietly(async () => {
        await finishClearing(history, stop)
        await clean(stop)
      })
      if (timer !== null) clearInterval(timer)
      timer = setInterval(() => quietly(() => clean(stop)), daily).unref()
    },
    keyIsHere() {
      if (earlier !== null) quietly(earlier)
    },
    stop() {
      if (timer !== null) clearInterval(timer)
      timer = null
      earlier = null
    },
  }
}
