/** Exchanges that arrive together become durable together, and none waits long or falls with another. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { exampleExchange, openTestVault } from '../../test/history/exchange-fixture.ts'
import { createExchangeLog } from './exchange-log.ts'
import { createHistoryDatabase, type HistoryDatabase } from './history-database.ts'
import { createWriteQueue, type Write } from './write-queue.ts'

let folder: string
let database: HistoryDatabase
let file: string
let transactions: number

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-write-queue-'))
  file = join(folder, 'history.sqlite')
  const place = { file, lockFile: join(folder, 'history.lock') }
  database = createHistoryDatabase(place, { opened() {}, now: Date.now })
  transactions = 0
})
afterEach(async () => {
  database.close()
  await rm(folder, { recursive: true, force: true })
})

const counted = (): Pick<HistoryDatabase, 'change'> => ({
  change(work) {
    transactions += 1
    return database.change(work)
  },
})
const note =
  (name: string): Write =>
  (history) =>
    void history.statement('INSERT INTO note (name, value) VALUES (?, ?)').run(name, 'x')
const kept = () =>
  database.use(({ statement }) =>
    statement('SELECT name FROM note ORDER BY name')
      .all()
      .map(({ name }) => name),
  )

it('sixteen go in one transaction without waiting, the rest when its time has come', async () => {
  const queue = createWriteQueue(counted(), file)
  const names = Array.from({ length: 20 }, (_, index) => `note-${String(index).padStart(2, '0')}`)
  const done = names.map((name) => queue.add(note(name)))
  await Promise.all(done.slice(0, 16))
  expect([transactions, queue.waiting()]).toEqual([1, 4])
  expect(await kept()).toEqual(names.slice(0, 16))
  await Promise.all(done)
  expect(transactions).toBe(2)
  expect(await kept()).toEqual(names)
})

it('a flush writes what waits at once', async () => {
  const queue = createWriteQueue(counted(), file)
  const done = queue.add(note('one'))
  await queue.flush()
  expect(await kept()).toEqual(['one'])
  await done
  await queue.flush()
  expect(transactions).toBe(1)
})

it('one that cannot be written is refused alone', async () => {
  const queue = createWriteQueue(database, file)
  const outcomes = await Promise.allSettled(['a', 'b', 'a', 'c'].map((name) => queue.add(note(name))))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(outcomes[2]).toMatchObject({ reason: { code: 'DATA_UNWRITABLE' } })
  expect(await kept()).toEqual(['a', 'b', 'c'])
})

it('closing the history writes what waits first', async () => {
  const other = join(folder, 'other.sqlite')
  const log = createExchangeLog(other, { secrets: openTestVault(folder) })
  await log.record(exampleExchange())
  const one = exampleExchange()
  const recorded = log.recordTogether(one)
  await new Promise((resolve) => setImmediate(resolve))
  log.close()
  await recorded
  const again = createExchangeLog(other, { secrets: openTestVault(folder) })
  expect((await again.show(one.id)).bodies).toBe('kept')
  again.close()
})
