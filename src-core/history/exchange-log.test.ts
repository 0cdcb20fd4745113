/** History: what was recorded is found again, by what it is and by the words in it. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { historyRowSchema, keptExchangeSchema } from '#shared/contract/history.ts'
import { exampleExchange as exchange, openTestVault } from '../../test/history/exchange-fixture.ts'
import { createExchangeLog, type ExchangeLog, type LogParts } from './exchange-log.ts'
import { inodeOf } from './open-history.ts'
import { putAside } from './put-aside.ts'

let folder: string
let file: string
const logs: ExchangeLog[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-history-'))
  file = join(folder, 'history.sqlite')
})
afterEach(async () => {
  for (const log of logs.splice(0)) log.close()
  await rm(folder, { recursive: true, force: true })
})

function open(parts: LogParts = {}): ExchangeLog {
  const log = createExchangeLog(file, { secrets: openTestVault(folder), ...parts })
  logs.push(log)
  return log
}
const second = (number: number) => `2026-11-21T12:00:${String(number).padStart(2, '0')}.000Z`

describe('recording', () => {
  it('gives back what was recorded, bodies included', async () => {
    const one = exchange()
    const quiet = exchange({
      request: { ...one.request, body: null },
      response: null,
      fault: { code: 'DEADLINE', message: 'Late.' },
      explanations: [],
    })
    await open().record(one)
    await open().record(quiet)
    const other = open()
    expect(await other.show(one.id)).toEqual({ ...one, bodies: 'kept' })
    expect(await other.show(quiet.id)).toEqual({ ...quiet, bodies: 'kept' })
    expect(keptExchangeSchema.parse(await other.show(one.id))).toEqual({ ...one, bodies: 'kept' })
  })

  it('lists newest first, of one moment the last recorded first, at most the limit, one bank', async () => {
    const log = open()
    const made = [
      exchange({ at: second(2) }),
      exchange({ at: second(1), bank: 'other' }),
      exchange({ at: second(3) }),
      exchange({ at: second(3) }),
    ]
    for (const each of made) await log.record(each)
    const ids = (rows: { id: string }[]) => rows.map(({ id }) => made.findIndex((each) => each.id === id))
    expect(ids(await log.list())).toEqual([3, 2, 0, 1])
    expect(ids(await log.list({ limit: 2 }))).toEqual([3, 2])
    expect(ids(await log.list({ bank: 'other' }))).toEqual([1])
    expect(await log.list({ bank: 'nobody' })).toEqual([])
    const [row] = await log.list({ limit: 1 })
    expect(historyRowSchema.parse(row)).toMatchObject({
      id: made[3]!.id,
      at: second(3),
      bank: 'ica-banken',
      environment: 'sandbox',
      operation: 'ica-payment-create',
      method: 'POST',
      url: 'https://b.example/Payments/x',
      status: 400,
      fault: null,
      errorId: 'row-1',
      errorTitle: 't',
      identity: 'abcdefgh',
      total: 4.125,
      bodies: 'kept',
    })
  })

  it('keeps the order of more exchanges of one millisecond than a person makes', async () => {
    const log = open()
    const made: string[] = []
    for (let count = 0; count < 1030; count++) {
      const one = exchange()
      await log.record(one)
      made.unshift(one.id)
    }
    expect((await log.list({ limit: 1000 })).map(({ id }) => id)).toEqual(made.slice(0, 1000))
  })

  it('is empty before the first, and knows no unknown id', async () => {
    expect(await open().list()).toEqual([])
    await expect(open().show('nobody')).rejects.toMatchObject({
      code: 'EXCHANGE_UNKNOWN',
      details: { id: 'nobody' },
      message: expect.stringContaining('tpp history'),
    })
  })

  it('refuses the same id twice and keeps the first whole', async () => {
    const log = open()
    const one = exchange()
    await log.record(one)
    await expect(log.record({ ...one, bank: 'other' })).rejects.toMatchObject({ code: 'DATA_UNWRITABLE' })
    expect(await log.show(one.id)).toEqual({ ...one, bodies: 'kept' })
    await log.record(exchange())
    expect(await log.list()).toHaveLength(2)
  })

  it('is for the owner alone', async () => {
    await open().record(exchange())
    const names = (await readdir(folder)).filter((name) => name.startsWith('history.sqlite'))
    expect(names).toContain('history.sqlite-wal')
    if (process.platform !== 'win32')
      for (const name of names)
        expect(`${name} ${((await stat(join(folder, name))).mode & 0o777).toString(8)}`).toBe(`${name} 600`)
  })
})

describe('damage', () => {
  it.each([
    ['text in its place', Buffer.from('this is no database, and long enough to be read as one '.repeat(40))],
    ['a torn page', null],
  ])('%s is put aside, said once, and a new one is started', async (_, bytes) => {
    if (bytes === null) {
      const log = open()
      for (let count = 0; count < 20; count++) await log.record(exchange())
      log.close()
      await expect.poll(async () => (await readdir(folder)).includes('history.sqlite-wal')).toBe(false)
      const whole = await readFile(file)
      whole.fill(0xaa, 100, 60_000)
      await writeFile(file, whole)
    } else await writeFile(file, bytes)
    const before = await readFile(file)
    const one = exchange()
    await open({ now: () => Date.parse('2026-11-21T12:00:00Z') }).record(one)
    expect((await open().list()).map(({ id }) => id)).toEqual([one.id])
    const aside = 'history.sqlite.corrupt-2026-11-21T12-00-00-000Z'
    expect((await readFile(join(folder, aside))).equals(before)).toBe(true)
    expect((await open().status()).putAside).toMatchObject([{ file: aside, seen: false }])
    expect((await open().dismiss()).putAside).toMatchObject([{ file: aside, seen: true }])
  })

  it('leaves what can still be read of it to be brought back', async () => {
    const first = open()
    const made = Array.from({ length: 60 }, (_, index) => exchange({ at: second(index) }))
    for (const each of made) await first.record(each)
    first.close()
    await expect.poll(async () => (await readdir(folder)).includes('history.sqlite-wal')).toBe(false)
    const whole = await readFile(file)
    // One page in the middle.
    const place = whole.indexOf(made[30]!.request.url, Math.floor(whole.length / 2))
    whole.fill(0xaa, place - (place % 4096), place - (place % 4096) + 4096)
    await writeFile(file, whole)
    const log = open()
    for (const { id } of made) await log.show(id).catch(() => null)
    const [aside] = (await log.status()).putAside
    const broughtBack = await log.salvage(aside!.file)
    expect(broughtBack).toBeGreaterThan(40)
    const rows = await log.list({ limit: 1000, words: 'payments' })
    expect(rows.map(({ at }) => at)).toEqual(
      rows
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    expect(rows).toHaveLength(broughtBack)
    for (const { id } of rows)
      expect(await log.show(id)).toEqual({ ...made.find((each) => each.id === id), bodies: 'kept' })
    expect(await log.salvage(aside!.file)).toBe(0)
    await expect(log.salvage('../history.sqlite')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })

  it('met while one exchange is read is DATA_DAMAGED, and the next is kept', async () => {
    await writeFile(file, 'x'.repeat(5000))
    const log = open()
    await expect(log.show('x')).rejects.toMatchObject({
      code: 'DATA_DAMAGED',
      message: expect.stringContaining('history.sqlite.corrupt-'),
    })
    await log.record(exchange())
    expect(await log.list()).toHaveLength(1)
  })

  it('takes the log along, which would be taken for that of the new database', async () => {
    await writeFile(file, 'main')
    await writeFile(`${file}-wal`, 'log')
    const place = { file, lockFile: join(folder, 'locks', 'history.lock') }
    const aside = await putAside(place, inodeOf(file), Date.parse('2026-11-21T12:00:00Z'))
    expect(aside).toBe('history.sqlite.corrupt-2026-11-21T12-00-00-000Z')
    expect(await readFile(join(folder, `${aside}-wal`), 'utf8')).toBe('log')
    // Another process was faster: what stands there now is not what was found damaged.
    await writeFile(file, 'new')
    expect(await putAside(place, -1, 0)).toBeNull()
    expect(await readFile(file, 'utf8')).toBe('new')
  })

  it('of the index of words alone is mended', async () => {
    const log = open()
    await log.record(exchange())
    const database = new DatabaseSync(file)
    database.enableDefensive(false)
    database.exec('UPDATE exchange_words_data SET block = zeroblob(8) WHERE id > 10')
    database.close()
    expect(await log.list({ words: 'payments' })).toHaveLength(1)
    expect((await log.status()).putAside).toEqual([])
  })

  it('of one document is DATA_DAMAGED for it alone', async () => {
    const log = open()
    const [one, two] = [exchange(), exchange()]
    await log.record(one)
    await log.record(two)
    const database = new DatabaseSync(file)
    database
      .prepare('UPDATE content SET document = ? WHERE position = (SELECT position FROM exchange WHERE id = ?)')
      .run('{"id":', one.id)
    database.close()
    await expect(log.show(one.id)).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    expect(await log.show(two.id)).toEqual({ ...two, bodies: 'kept' })
    expect(await log.list()).toHaveLength(2)
  })

  it('does not lose what is written after the file was moved away', async () => {
    const log = open()
    await log.record(exchange())
    await rm(file)
    await rm(`${file}-wal`)
    await rm(`${file}-shm`)
    const one = exchange()
    await log.record(one)
    expect((await open().list()).map(({ id }) => id)).toEqual([one.id])
  })

  it('a database somebody holds is BUSY', async () => {
    await open().record(exchange())
    const other = new DatabaseSync(file)
    other.exec('BEGIN IMMEDIATE')
    await expect(open().record(exchange())).rejects.toMatchObject({ code: 'BUSY' })
    other.exec('ROLLBACK')
    other.close()
  })

  it('a folder in its place is DATA_UNWRITABLE', async () => {
    const log = createExchangeLog(folder)
    await expect(log.list()).rejects.toMatchObject({ code: 'DATA_UNWRITABLE' })
  })
})
