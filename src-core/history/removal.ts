/** Deletes exchanges on a person's word or because they have outlived their time. */
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Retention } from '#shared/contract/history.ts'
import { deleteAll, deleteExchanges } from './delete-exchanges.ts'
import type { HistoryDatabase } from './history-database.ts'
import { unknownExchange } from './list-exchanges.ts'
import type { OpenHistory } from './open-history.ts'
import { namesBeside } from './put-aside.ts'
import { olderThan, outlived, type RetentionFile } from './retention.ts'

export type Which = { readonly ids: readonly string[] } | { readonly olderThanDays: number } | { readonly all: true }

export interface Removed {
  deleted: number
  unknown: string[]
  files: string[]
  cleared: boolean
}

export interface RemovalParts {
  readonly file: string
  readonly database: HistoryDatabase
  readonly retention: RetentionFile
  now(): number
  removed(ids: readonly string[] | 'all'): Promise<void> | void
}

export interface Removal {
  /** Throws EXCHANGE_UNKNOWN when there is none of the ids. */
  delete(which: Which): Promise<Removed>
  keepFor(retention: Retention): Promise<{ retention: Retention; deleted: number }>
  /** @param stop says that the database was closed meanwhile: it is not opened again for this. */
  applyRetention(stop?: () => boolean): Promise<number>
}

function positionsOf({ statement }: OpenHistory, ids: readonly string[]): { positions: number[]; unknown: string[] } {
  const found = [...new Set(ids)].map((id) => ({
    id,
    position: statement('SELECT position FROM exchange WHERE id = ?').get(id)?.position as number | undefined,
  }))
  const positions = found.flatMap(({ position }) => (position === undefined ? [] : [position]))
  const unknown = found.filter(({ position }) => position === undefined).map(({ id }) => id)
  if (positions.length === 0) throw unknownExchange(unknown[0] ?? '')
  return { positions, unknown }
}

/** Put-aside databases and copies made before a migration hold exchanges, too. */
function removeOtherFiles(file: string): string[] {
  const names = [...namesBeside(file, '.corrupt-'), ...namesBeside(file, '.backup-')]
  for (const name of names) rmSync(join(dirname(file), name), { force: true })
  return names
}

export function createRemoval({ file, database, retention, now, removed }: RemovalParts): Removal {
  const remove = async (history: OpenHistory, positions: readonly number[]): Promise<boolean> => {
    const name = history.statement('SELECT id FROM exchange WHERE position = ?')
    const ids = positions.flatMap((position) => {
      const id = name.get(position)?.id
      return typeof id === 'string' ? [id] : []
    })
    const cleared = await deleteExchanges(history, positions, () => !database.isOpen(history))
    if (ids.length > 0) await removed(ids)
    return cleared
  }
  const removeEverything = (): Promise<Removed> =>
    database.change(async (history) => {
      const deleted = history.statement('SELECT count(*) AS count FROM exchange').get()?.count as number
      const cleared = deleteAll(history)
      const files = removeOtherFiles(file)
      await removed('all')
      return { deleted, unknown: [], files, cleared }
    })
  const applyRetention: Removal['applyRetention'] = async (stop = () => false) => {
    const kept = await retention.read()
    if (stop()) return 0
    if (kept.days === null && kept.count === null) return 0
    return database.change(async (history) => {
      const positions = outlived(history, kept, now())
      await remove(history, positions)
      return positions.length
    })
  }
  return {
    applyRetention,
    async keepFor(wanted) {
      await retention.write(wanted)
      return { retention: wanted, deleted: await applyRetention() }
    },
    delete(which) {
      if ('all' in which) return removeEverything()
      return database.change(async (history) => {
        const { positions, unknown } =
          'ids' in which
            ? positionsOf(history, which.ids)
            : { positions: olderThan(history, which.olderThanDays, now()), unknown: [] }
        const cleared = await remove(history, positions)
        return { deleted: positions.length, unknown, files: [], cleared }
      })
    },
  }
}
