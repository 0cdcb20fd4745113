/** Gathers exchanges that are written together: one transaction, and one wait for the disk, for several of them. */
import type { HistoryDatabase } from './history-database.ts'
import type { OpenHistory } from './open-history.ts'
import { writeApart } from './synced-apart.ts'

/** Writes one exchange, inside a transaction. */
export type Write = (history: OpenHistory) => void

export interface WriteQueue {
  /** Resolves when it is durable. Rejects when it could not be written, whatever became of those it was to be written with. */
  add(write: Write): Promise<void>
  /** Writes what waits now. Resolves when it is durable or has failed, for which `add` has the reason. */
  flush(): Promise<void>
  /** How many wait. */
  waiting(): number
}

/** How many are written together at most. */
const most = 16
/** How long one waits for others. Milliseconds. */
const longest = 20

interface Waiting {
  readonly write: Write
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/** @param file path of the database */
export function createWriteQueue(database: Pick<HistoryDatabase, 'change'>, file: string): WriteQueue {
  let group: Waiting[] = []
  let timer: NodeJS.Timeout | null = null

  const write = async (writes: readonly Waiting[]): Promise<void> => {
    let written = false
    try {
      await database.change((history) => {
        const durable = writeApart(history, file, () => {
          for (const each of writes) each.write(history)
        })
        written = true
        return durable
      })
    } catch (error) {
      // One that cannot be written must not cost its neighbours their place; what only the disk refused is not written twice.
      if (writes.length === 1 || written) for (const each of writes) each.reject(error)
      else for (const each of writes) await write([each])
      return
    }
    for (const each of writes) each.resolve()
  }
  const flush = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const writes = group
    group = []
    if (writes.length > 0) await write(writes)
  }

  return {
    add: (one) =>
      new Promise((resolve, reject) => {
        group.push({ write: one, resolve, reject })
        if (group.length >= most) void flush()
        else timer ??= setTimeout(() => void flush(), longest)
      }),
    flush,
    waiting: () => group.length,
  }
}
