/** How long exchanges are kept: a file beside the database, so that it outlives one that is put aside. */
import { z } from 'zod'
import { type Retention, retentionSchema } from '#shared/contract/history.ts'
import { readJson, writeJson } from '../files/json-file.ts'
import type { OpenHistory } from './open-history.ts'
import { positionOf } from './position.ts'

const day = 86_400_000
const forEver: Retention = { days: null, count: null }
const fileSchema = z.looseObject({ retention: retentionSchema.optional() })

export interface RetentionFile {
  read(): Promise<Retention>
  write(retention: Retention): Promise<void>
}

export function createRetentionFile(file: string): RetentionFile {
  return {
    read: async () => (await readJson(file, fileSchema))?.retention ?? forEver,
    write: async (retention) => writeJson(file, { ...(await readJson(file, fileSchema)), retention }),
  }
}

/** Positions of the exchanges older than so many days. */
export function olderThan({ statement }: OpenHistory, days: number, now: number): number[] {
  const limit = positionOf(new Date(now - days * day).toISOString())
  return statement('SELECT position FROM exchange WHERE position < ? ORDER BY position')
    .all(limit)
    .map((row) => row.position as number)
}

/** Positions of the exchanges that are not to be kept, each once. */
export function outlived(history: OpenHistory, { days, count }: Retention, now: number): number[] {
  const old = days === null ? [] : olderThan(history, days, now)
  if (count === null) return old
  const surplus = history
    .statement('SELECT position FROM exchange ORDER BY position DESC LIMIT -1 OFFSET ?')
    .all(count)
    .map((row) => row.position as number)
  return [...new Set([...old, ...surplus])]
}
