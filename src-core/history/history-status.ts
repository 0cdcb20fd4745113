/** What there is to know of the history as a whole: how much, how large, what was put aside. */
import { statSync } from 'node:fs'
import type { HistoryStatus, Retention } from '#shared/contract/history.ts'
import type { OpenHistory } from './open-history.ts'
import { listBackups, listPutAside } from './put-aside.ts'
import { unsealedCount } from './seal-earlier-bodies.ts'

const seenNote = 'put-aside-seen'

function seenFiles({ statement }: OpenHistory): readonly string[] {
  const value = statement('SELECT value FROM note WHERE name = ?').get(seenNote)?.value
  return typeof value === 'string' ? value.split('\n') : []
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

export function readStatus(history: OpenHistory, file: string, retention: Retention): HistoryStatus {
  const seen = seenFiles(history)
  return {
    exchanges: history.statement('SELECT count(*) AS count FROM exchange').get()?.count as number,
    bytes: sizeOf(file) + sizeOf(`${file}-wal`),
    unsealed: unsealedCount(history),
    readOnly: history.readOnly?.message ?? null,
    putAside: listPutAside(file).map((each) => ({ ...each, seen: seen.includes(each.file) })),
    backups: listBackups(file),
    retention,
  }
}

export function dismissPutAside({ statement }: OpenHistory, file: string): void {
  const names = listPutAside(file).map((each) => each.file)
  statement('INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)').run(seenNote, names.join('\n'))
}
