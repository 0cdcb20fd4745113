/** Seals the bodies version 1 wrote plain, as soon as the key store is open; then the copy that still has them goes. */
import { rmSync } from 'node:fs'
import { setImmediate as breathe } from 'node:timers/promises'
import { emptyLog } from './delete-exchanges.ts'
import type { OpenHistory } from './open-history.ts'
import { inTransaction } from './schema.ts'
import { type DataKey, sealText } from './sealed-content.ts'

const chunk = 100

export const unsealedCount = ({ statement }: OpenHistory): number =>
  statement('SELECT count(*) AS count FROM plain_body').get()?.count as number

/** One transaction: a body is plain or sealed, never both and never neither. @returns whether there are more. */
function sealSome(history: OpenHistory, key: DataKey): boolean {
  return inTransaction(history.database, () => {
    const rows = history
      .statement(
        'SELECT plain_body.position, id, plain_body.content FROM plain_body JOIN exchange USING (position) LIMIT ?',
      )
      .all(chunk) as { position: number; id: string; content: string }[]
    for (const { position, id, content } of rows) {
      history.statement('UPDATE content SET sealed = ? WHERE position = ?').run(sealText(content, id, key), position)
      history.statement('DELETE FROM plain_body WHERE position = ?').run(position)
    }
    return rows.length === chunk
  })
}

/** The copy made before the migration has the bodies plain: it goes once what was made of it is known to be sound. */
function dropCopy(history: OpenHistory, file: string): void {
  const [row] = history.database.prepare('PRAGMA quick_check(1)').all() as { quick_check: string }[]
  if (row?.quick_check === 'ok') rmSync(`${file}.backup-1`, { force: true })
}

/** @param stop becomes true when the database is closed or the key store locked; the rest waits for the next time. */
export async function sealEarlierBodies(
  history: OpenHistory,
  key: DataKey,
  file: string,
  stop: () => boolean,
): Promise<void> {
  if (unsealedCount(history) === 0) return
  for (let more = true; more; ) {
    if (stop()) return
    more = sealSome(history, key)
    await breathe()
  }
  if (stop()) return
  emptyLog(history)
  dropCopy(history, file)
}
