/** Gathers exchanges that are written together: one transaction, and one wait for the disk, for several of them. */
import type { HistoryDatabase } from './history-database.ts'
import type { OpenHistory } from './open-history.ts'
import { inTransaction } from './schema.ts'

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

export function createWriteQueue(database: Pick<HistoryDatabase, 'change'>): WriteQueue {
  let group: Waiting[] = []
  let timer: NodeJS.Timeout | null = null

  const write = (writes: readonly Waiting[]): Promise<void> =>
    database.change((history) =>
      inTransaction(history.database, () => {
        for (const each of writes) each.write(history)
      }),
    )
  /** One that cannot be written must not cost its neighbours their place. */
  const oneByOne = async (writes: readonly Waiting[]): Promise<void> => {
    for (const each of writes) await write([each]).then(each.resolve, each.reject)
  }
  const flush = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const writes = group
    group = []
    if (writes.length === 0) return
    try {
      await write(writes)
    } catch (error) {
      if (writes.length > 1) return oneByOne(writes)
      writes[0]!.reject(error)
      return
    }
    for (const each of writes) each.resolve()
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
