/** Finds one exchange in the database and opens its bodies, or says why they stay closed. */
import type { KeptExchange } from '#shared/contract/history.ts'
import { Fault, isFault } from '#shared/fault.ts'
import type { HistoryKey } from './history-key.ts'
import { cannotOpen, notKept, putTogether, type Without } from './kept-exchange.ts'
import { unknownExchange } from './list-exchanges.ts'
import type { OpenHistory } from './open-history.ts'
import { type Content, unsealContent } from './sealed-content.ts'

export interface KeptRow {
  readonly id: string
  readonly document: string
  readonly draft: string | null
  readonly sealed: Uint8Array | null
  /** Code of the fault that kept the bodies out. */
  readonly bodies: string | null
  /** Written by version 1 and not sealed yet. */
  readonly plain: string | null
}

export interface BodyReader {
  /** Throws EXCHANGE_UNKNOWN. */
  find(history: OpenHistory, id: string): KeptRow
  /** Throws DATA_DAMAGED for a document that is no exchange. */
  open(row: KeptRow): Promise<KeptExchange>
}

const select = `SELECT id, document, draft, sealed, bodies, plain_body.content AS plain
  FROM exchange JOIN content USING (position) LEFT JOIN plain_body USING (position) WHERE id = ?`

/** Also what is not sealed yet is shown only while the key store is open: locked means no bodies. */
async function contentOf({ id, sealed, bodies, plain }: KeptRow, key: HistoryKey): Promise<Content | Without> {
  if (bodies !== null) return notKept(bodies)
  try {
    const known = await key.toOpen()
    if (sealed === null) return JSON.parse(plain ?? '') as Content
    if (known === null)
      throw new Fault('SECRET_ABSENT', 'The key store has no key of this history: it may be in another key store.')
    return unsealContent(sealed, id, known)
  } catch (error) {
    return cannotOpen(isFault(error) ? error : new Fault('SECRET_DAMAGED', undefined, {}, error))
  }
}

export function createBodyReader(key: HistoryKey): BodyReader {
  return {
    find(history, id) {
      const row = history.statement(select).get(id)
      if (row === undefined) throw unknownExchange(id)
      return row as unknown as KeptRow
    },
    open: async (row) => putTogether(row.document, await contentOf(row, key)),
  }
}
