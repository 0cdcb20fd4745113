/** Keeps every exchange in SQLite, durable before it is acknowledged; what arrives here is redacted already, bodies are sealed. */
import { dirname, join } from 'node:path'
import type { Exchange, Finding } from '#shared/contract/exchange.ts'
import {
  type Difference,
  type HistoryQuery,
  type HistoryRow,
  type HistoryStatus,
  historyQuerySchema,
  type KeptExchange,
  type LeftOut,
  type Retention,
} from '#shared/contract/history.ts'
import type { Draft } from '#shared/contract/requests.ts'
import { explainedRow } from '#shared/explained-row.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { type BodyReader, createBodyReader } from './body-reader.ts'
import { compareExchanges } from './compare-exchanges.ts'
import { type ComparedBodies, compareLarge } from './compare-large.ts'
import { createHistoryDatabase, type HistoryDatabase } from './history-database.ts'
import { createHistoryKey } from './history-key.ts'
import { dismissPutAside, readStatus } from './history-status.ts'
import { notKept, takeApart } from './kept-exchange.ts'
import { createLargeBodies, type LargeBodies } from './large-bodies.ts'
import { listExchanges } from './list-exchanges.ts'
import type { OpenHistory } from './open-history.ts'
import { listPutAside } from './put-aside.ts'
import { createRemoval, type Removal, type Removed, type Which } from './removal.ts'
import { resendDraft } from './resend-draft.ts'
import { createRetentionFile } from './retention.ts'
import { salvage } from './salvage.ts'
import { inTransaction } from './schema.ts'
import { createUpkeep } from './upkeep.ts'
import { type Circumstances, exchangeWrite } from './write-exchange.ts'
import { createWriteQueue, type Write } from './write-queue.ts'

/** What the history draws on; everything left out is done without. */
export interface LogParts {
  /** Where the key of the bodies is; without it no body is kept. */
  readonly secrets?: SecretStore
  /** Folder for locks between processes; `locks` beside the database unless told. */
  readonly locks?: string
  /** The bank's code of an error row, for the list and the search. */
  errorCode?(bank: string, errorId: string): Promise<string | null>
  /** What a person calls an identity, for the search. */
  identityName?(id: string): Promise<string | null>
  /** Exchanges were deleted: `all`, or these. What is kept of them elsewhere goes now. */
  removed?(ids: readonly string[] | 'all'): Promise<void> | void
  now?(): number
}

type Recorder = (exchange: Exchange, draft?: Draft | null, tell?: (finding: Finding) => void) => Promise<void>

export interface ExchangeLog {
  /**
   * Durable once it resolves. Where the key store is not open the exchange is kept without its bodies.
   * @param tell hears what the caller should know of that.
   */
  record: Recorder
  /** The same for many in a row: written together with what else arrives within 20 ms, 16 at most. */
  recordTogether: Recorder
  /** Writes what waits for others now. */
  flush(): Promise<void>
  /** Newest first. Throws EXCHANGE_UNKNOWN for a `before` there is not. */
  list(query?: Partial<HistoryQuery>): Promise<HistoryRow[]>
  /** Throws EXCHANGE_UNKNOWN. Where bodies cannot be opened a finding says why. */
  show(id: string): Promise<KeptExchange>
  compare(
    a: string,
    b: string,
  ): Promise<{ a: KeptExchange; b: KeptExchange; differences: Difference[]; more: boolean } & ComparedBodies>
  /** Bodies too large for the database. */
  readonly large: LargeBodies
  /** The draft that made it, without what was secret. */
  draft(id: string): Promise<{ draft: Draft; leftOut: LeftOut[] }>
  delete(which: Which): Promise<Removed>
  retention(): Promise<Retention>
  /** Applied at once. */
  keepFor(retention: Retention): Promise<{ retention: Retention; deleted: number }>
  status(): Promise<HistoryStatus>
  /** Brings back what a database that was put aside still has; gives how many. */
  salvage(name: string): Promise<number>
  /** What was put aside was seen. */
  dismiss(): Promise<HistoryStatus>
  /** Forgets the key of the bodies. */
  lock(): void
  close(): void
}

/** Facts from other areas must not cost the exchange its place in the history. */
async function circumstancesOf(exchange: Exchange, draft: Draft | null, parts: LogParts): Promise<Circumstances> {
  const { bank, identity } = exchange
  const errorId = explainedRow(exchange)?.errorId
  const [errorCode, identityName] = await Promise.all([
    errorId === undefined ? null : (parts.errorCode?.(bank, errorId).catch(() => null) ?? null),
    identity === null ? null : (parts.identityName?.(identity).catch(() => null) ?? null),
  ])
  const named = draft?.grant === 'none' ? null : (draft?.grant ?? null)
  return { grant: exchange.grant ?? named, errorCode, identityName }
}

function reading(
  database: HistoryDatabase,
  bodies: BodyReader,
  large: LargeBodies,
): Pick<ExchangeLog, 'list' | 'show' | 'compare' | 'draft'> {
  const show = async (id: string) => {
    const kept = await database.use((history) => bodies.find(history, id), true)
    return { exchange: await bodies.open(kept), draft: kept.draft }
  }
  return {
    list: (query = {}) => database.use((history) => listExchanges(history, historyQuerySchema.parse(query))),
    show: async (id) => (await show(id)).exchange,
    async compare(first, second) {
      const [{ exchange: a }, { exchange: b }] = [await show(first), await show(second)]
      return { a, b, ...compareExchanges(a, b), ...(await compareLarge(a, b, large.read)) }
    },
    async draft(id) {
      const { exchange, draft } = await show(id)
      return resendDraft(exchange, draft)
    },
  }
}

/** Nobody waits for it. What a database that was put aside may bring back stays. */
function sweepLarge(large: LargeBodies, file: string, history: OpenHistory): void {
  if (history.readOnly !== null) return
  const isKept = (id: string) =>
    listPutAside(file).length > 0 || history.statement('SELECT 1 FROM exchange WHERE id = ?').get(id) !== undefined
  void large.sweep(isKept).catch(() => {})
}

/** The database is opened with the first use. */
export function createExchangeLog(file: string, parts: LogParts = {}): ExchangeLog {
  const locks = parts.locks ?? join(dirname(file), 'locks')
  const now = () => parts.now?.() ?? Date.now()
  const key = createHistoryKey(parts.secrets ?? null, join(locks, 'history-key.lock'))
  const retention = createRetentionFile(join(dirname(file), 'history.json'))
  const upkeep = createUpkeep({ file, key, clean: (stop) => removal.applyRetention(stop) })
  const database: HistoryDatabase = createHistoryDatabase(
    { file, lockFile: join(locks, 'history.lock') },
    {
      now,
      opened(history) {
        upkeep.start(history, (one) => !database.isOpen(one))
        sweepLarge(large, file, history)
      },
    },
  )
  const large = createLargeBodies(join(dirname(file), 'history-bodies'), key)
  const removed = async (ids: readonly string[] | 'all') => {
    await large.remove(ids)
    await parts.removed?.(ids)
  }
  const removal: Removal = createRemoval({ file, database, retention, now, removed })
  const queue = createWriteQueue(database, file)
  const recordBy =
    (write: (one: Write) => Promise<void>): Recorder =>
    async (exchange, draft = null, tell) => {
      const [sealWith, circumstances] = [await key.orReason(), await circumstancesOf(exchange, draft, parts)]
      await write(exchangeWrite(exchange, takeApart(exchange, draft), circumstances, sealWith))
      if (typeof sealWith === 'string') tell?.(notKept(sealWith).finding)
      else upkeep.keyIsHere()
    }
  const close = (): void => {
    upkeep.stop()
    key.forget()
    database.close()
  }
  return {
    ...reading(database, createBodyReader(key), large),
    large,
    record: recordBy((one) => database.change((history) => inTransaction(history.database, () => one(history)))),
    recordTogether: recordBy(queue.add),
    flush: queue.flush,
    delete: removal.delete,
    retention: retention.read,
    keepFor: removal.keepFor,
    status: async () => {
      const kept = await retention.read()
      return database.use((history) => readStatus(history, file, kept))
    },
    salvage: (name) => database.change((history) => salvage(history, file, name)),
    async dismiss() {
      const kept = await retention.read()
      return database.change((history) => {
        dismissPutAside(history, file)
        return readStatus(history, file, kept)
      })
    },
    lock: () => key.forget(),
    close() {
      if (queue.waiting() === 0) close()
      else void queue.flush().then(close)
    },
  }
}
