/** History: what was acknowledged is found again, whatever happens to the process that wrote it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { historyRowSchema } from '#shared/contract/history.ts'
import { type Exchange, exchangeSchema } from '#shared/contract/requests.ts'
import { createExchangeLog, type ExchangeLog } from './exchange-log.ts'

const root = join(import.meta.dirname, '..', '..')

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

function open(): ExchangeLog {
  const log = createExchangeLog(file)
  logs.push(log)
  return log
}

const exchange = (change: Partial<Exchange> = {}): Exchange => ({
  id: randomUUID(),
  at: '2026-11-21T12:00:00.000Z',
  bank: 'ica-banken',
  environment: 'sandbox',
  operation: 'ica-payment-create',
  identity: 'abcdefgh',
  request: { method: 'POST', url: 'https://b.example/Payments/x', headers: [['Accept', 'a']], body: '{"amount":"1"}' },
  response: {
    status: 400,
    headers: [
      ['X', 'a'],
      ['X', 'b'],
    ],
    body: '{"code":"FAILED","å":"🏠"}',
    size: 30,
  },
  fault: null,
  signature: null,
  tls: null,
  timings: { dns: 0, tcp: 0.5, tls: 1.25, wait: 2, download: 0, total: 4.125 },
  findings: [{ id: 'note', severity: 'note', message: 'm' }],
  explanations: [{ errorId: 'row-1', score: 1, title: 't', cause: 'c', evidence: ['e'], fix: 'f' }],
  ...change,
})

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
    expect(await other.show(one.id)).toEqual(one)
    expect(await other.show(quiet.id)).toEqual(quiet)
    expect(exchangeSchema.parse(await other.show(one.id))).toEqual(one)
  })

  it('lists newest first, of one moment the last recorded first, at most the limit, one bank', async () => {
    const log = open()
    const at = (second: number) => `2026-11-21T12:00:0${second}.000Z`
    const made = [
      exchange({ at: at(2) }),
      exchange({ at: at(1), bank: 'other' }),
      exchange({ at: at(3) }),
      exchange({ at: at(3) }),
    ]
    for (const each of made) await log.record(each)
    const ids = (rows: { id: string }[]) => rows.map(({ id }) => made.findIndex((each) => each.id === id))
    expect(ids(await log.list(50))).toEqual([3, 2, 0, 1])
    expect(ids(await log.list(2))).toEqual([3, 2])
    expect(ids(await log.list(50, 'other'))).toEqual([1])
    expect(await log.list(50, 'nobody')).toEqual([])
    const [row] = await log.list(1)
    expect(historyRowSchema.parse(row)).toMatchObject({
      id: made[3]!.id,
      at: at(3),
      bank: 'ica-banken',
      environment: 'sandbox',
      operation: 'ica-payment-create',
      method: 'POST',
      url: 'https://b.example/Payments/x',
      status: 400,
      fault: null,
      errorId: 'row-1',
      total: 4.125,
    })
  })

  it('is empty before the first, and knows no unknown id', async () => {
    expect(await open().list(50)).toEqual([])
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
    expect(await log.show(one.id)).toEqual(one)
    await log.record(exchange())
    expect(await log.list(50)).toHaveLength(2)
  })

  it('is for the owner alone', async () => {
    const log = open()
    await log.record(exchange())
    const names = await readdir(folder)
    expect(names).toContain('history.sqlite')
    if (process.platform !== 'win32')
      for (const name of names)
        expect(`${name} ${((await stat(join(folder, name))).mode & 0o777).toString(8)}`).toBe(`${name} 600`)
  })
})

describe('damage', () => {
  it.each([
    ['text in its place', Buffer.from('this is no database, and long enough to be read as one '.repeat(40))],
    ['a torn page', null],
  ])('%s is DATA_DAMAGED and left as it is', async (_, bytes) => {
    if (bytes === null) {
      const log = open()
      for (let count = 0; count < 20; count++) await log.record(exchange())
      log.close()
      await expect.poll(async () => (await readdir(folder)).length).toBe(1)
      const whole = await readFile(file)
      whole.fill(0xaa, 100, 16_384)
      await writeFile(file, whole)
    } else await writeFile(file, bytes)
    const before = await readFile(file)
    for (const work of [() => open().list(50), () => open().record(exchange()), () => open().show('x')])
      await expect(work()).rejects.toMatchObject({ code: 'DATA_DAMAGED', details: { file: 'history.sqlite' } })
    expect((await readFile(file)).equals(before)).toBe(true)
  })

  it('of one document is DATA_DAMAGED for it alone', async () => {
    const log = open()
    const [one, two] = [exchange(), exchange()]
    await log.record(one)
    await log.record(two)
    const database = new DatabaseSync(file)
    database.prepare('UPDATE exchange SET document = ? WHERE id = ?').run('{"id":', one.id)
    database.close()
    await expect(log.show(one.id)).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    expect(await log.show(two.id)).toEqual(two)
    expect(await log.list(50)).toHaveLength(2)
  })

  it('is over once the file is moved away', async () => {
    await writeFile(file, 'x'.repeat(5000))
    const log = open()
    await expect(log.list(1)).rejects.toMatchObject({ code: 'DATA_DAMAGED' })
    await rm(file)
    expect(await log.list(1)).toEqual([])
  })

  it('of a newer version is DATA_NEWER, and nothing in it changes', async () => {
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99; CREATE TABLE future (x)')
    database.close()
    await expect(open().record(exchange())).rejects.toMatchObject({ code: 'DATA_NEWER' })
    const after = new DatabaseSync(file)
    expect(after.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'future' }])
    after.close()
  })

  it('a folder in its place is DATA_UNWRITABLE', async () => {
    const log = createExchangeLog(folder)
    await expect(log.list(1)).rejects.toMatchObject({ code: 'DATA_UNWRITABLE' })
  })
})

/** Writes exchanges until it is killed or has written `count`; prints an id once it was told that it is kept. */
const writer = `
import { createExchangeLog } from '#core/history/exchange-log.ts'
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
const [file, count, template] = process.argv.slice(1)
const log = createExchangeLog(file)
for (let index = 0; index < Number(count); index++) {
  const exchange = { ...JSON.parse(template), id: randomUUID() }
  await log.record(exchange)
  writeSync(1, exchange.id + '\\n')
}
log.close()
`

function startWriter(count: number): { child: ChildProcess; said: () => string[] } {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', writer, '--', file, String(count), JSON.stringify(exchange())],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  // A line that was cut off was not acknowledged.
  return { child, said: () => output.split('\n').slice(0, -1) }
}

describe('several processes', () => {
  it('write at once from the very first moment and lose nothing', async () => {
    const writers = [1, 2, 3, 4].map(() => startWriter(15))
    const codes = await Promise.all(writers.map(({ child }) => once(child, 'close')))
    expect(codes.map(([code]) => code as number)).toEqual([0, 0, 0, 0])
    const ids = writers.flatMap(({ said }) => said())
    expect(ids).toHaveLength(60)
    const kept = (await open().list(1000)).map(({ id }) => id)
    expect(new Set(kept)).toEqual(new Set(ids))
  })

  it('are killed ten times at random moments, and every acknowledged exchange is found again', async () => {
    const acknowledged: string[] = []
    for (let round = 0; round < 10; round++) {
      const { child, said } = startWriter(1_000_000)
      const gone = once(child, 'close')
      // A random number of acknowledgements, and a random moment within the next one.
      const target = 1 + Math.floor(Math.random() * 12)
      await expect.poll(() => said().length, { interval: 1, timeout: 20_000 }).toBeGreaterThanOrEqual(target)
      for (let spins = Math.random() * 2000; spins > 0; spins--) await Promise.resolve()
      child.kill('SIGKILL')
      await gone
      acknowledged.push(...said())
    }
    const log = open()
    const kept = new Set((await log.list(1_000_000)).map(({ id }) => id))
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    // At most the one under way per kill is there without having been told.
    expect(kept.size - acknowledged.length).toBeLessThanOrEqual(10)
    for (const id of acknowledged) expect((await log.show(id)).response?.body).toBe(exchange().response?.body)
    const database = new DatabaseSync(file)
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([])
    expect(
      database
        .prepare(
          'SELECT count(*) AS n FROM exchange LEFT JOIN body ON body.exchange = exchange.id WHERE body.exchange IS NULL',
        )
        .get(),
    ).toEqual({ n: 0 })
    database.close()
  })
})
