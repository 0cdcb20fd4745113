/** Delete means gone: from the list, the search, and every byte of every file. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Exchange } from '#shared/contract/exchange.ts'
import { exampleExchange, openTestVault, writeVersion1 } from '../../test/history/exchange-fixture.ts'
import { createExchangeLog, type ExchangeLog, type LogParts } from './exchange-log.ts'

let folder: string
let file: string
const logs: ExchangeLog[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-history-delete-'))
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

const canary = 'canary7d1f'
/** The word stands in everything that is not sealed: URL, header, error title. */
const marked = (change: Partial<Exchange> = {}): Exchange => {
  const one = exampleExchange(change)
  const [explanation] = one.explanations
  return {
    ...one,
    request: { ...one.request, url: `https://b.example/${canary}/x`, headers: [['X-Canary', canary]] },
    explanations: [{ ...explanation!, title: `Title ${canary}` }],
  }
}
const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString()

async function filesWith(text: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('history.sqlite'))
  const hits = await Promise.all(
    names.map(async (name) => ((await readFile(join(folder, name))).includes(text) ? [name] : [])),
  )
  return hits.flat()
}

describe('deleting', () => {
  it('one leaves no byte of it, and the others whole', async () => {
    const removed: unknown[] = []
    const log = open({ removed: (ids) => void removed.push(ids) })
    const others = Array.from({ length: 30 }, () => exampleExchange())
    for (const other of others.slice(0, 15)) await log.record(other)
    const one = marked()
    await log.record(one)
    for (const other of others.slice(15)) await log.record(other)
    expect(await filesWith(canary)).not.toEqual([])
    expect(await log.delete({ ids: [one.id, 'nobody'] })).toEqual({
      deleted: 1,
      unknown: ['nobody'],
      files: [],
      cleared: true,
    })
    expect(await filesWith(canary)).toEqual([])
    expect(await filesWith(one.id)).toEqual([])
    expect(removed).toEqual([[one.id]])
    expect(await log.list({ words: canary })).toEqual([])
    expect(await log.list({ words: 'payments' })).toHaveLength(30)
    await expect(log.show(one.id)).rejects.toMatchObject({ code: 'EXCHANGE_UNKNOWN' })
    for (const other of others) expect(await log.show(other.id)).toEqual({ ...other, bodies: 'kept' })
  })

  it('many leaves no byte of them, index of words included, and gives the space back', async () => {
    const log = open()
    const gone: string[] = []
    for (let count = 0; count < 300; count++) {
      const one = count % 3 === 0 ? exampleExchange() : marked()
      if (count % 3 !== 0) gone.push(one.id)
      await log.record(one)
    }
    await log.delete({ ids: [gone[0]!] })
    const before = (await stat(file)).size
    expect(await log.delete({ ids: gone })).toMatchObject({ deleted: 199, unknown: [gone[0]], cleared: true })
    expect(await filesWith(canary)).toEqual([])
    expect((await stat(file)).size).toBeLessThan(before / 2)
    expect((await stat(`${file}-wal`)).size).toBe(0)
    expect(await log.list({ words: canary })).toEqual([])
    expect(await log.list({ words: 'payments', limit: 1000 })).toHaveLength(100)
    const database = new DatabaseSync(file)
    database.exec("INSERT INTO exchange_words (exchange_words) VALUES ('integrity-check')")
    // What is deleted alone from here on is cleared at once again.
    expect(database.prepare("SELECT v FROM exchange_words_config WHERE k = 'secure-delete'").get()).toEqual({ v: 1 })
    database.close()
  })

  it('all leaves nothing, copies and put-aside databases included', async () => {
    await writeFile(file, `no database ${canary}`.padEnd(5000))
    const log = open()
    for (let count = 0; count < 50; count++) await log.record(marked())
    await writeFile(`${file}.backup-1`, canary)
    const { files, ...rest } = await log.delete({ all: true })
    expect(rest).toEqual({ deleted: 50, unknown: [], cleared: true })
    expect(files.map((name) => name.replace(/-\d.*Z/, ''))).toEqual([
      'history.sqlite.corrupt',
      'history.sqlite.backup-1',
    ])
    expect(await filesWith(canary)).toEqual([])
    expect((await stat(file)).size).toBeLessThan(150_000)
    expect(await log.list()).toEqual([])
    const one = exampleExchange()
    await log.record(one)
    expect(await log.list({ words: 'payments' })).toHaveLength(1)
    expect(await log.show(one.id)).toEqual({ ...one, bodies: 'kept' })
  })

  it('what version 1 wrote takes its plain body along', async () => {
    const one = exampleExchange()
    writeVersion1(file, [{ ...one, request: { ...one.request, body: canary } }])
    const log = open({ secrets: undefined } as never)
    expect(await log.list()).toHaveLength(1)
    await rm(`${file}.backup-1`)
    await log.delete({ ids: [one.id] })
    expect(await filesWith(canary)).toEqual([])
  })

  it('what is not there is EXCHANGE_UNKNOWN', async () => {
    await expect(open().delete({ ids: ['nobody'] })).rejects.toMatchObject({ code: 'EXCHANGE_UNKNOWN' })
  })

  it('cut short by a kill is finished by the next opening', async () => {
    const log = open()
    for (let count = 0; count < 120; count++) await log.record(marked())
    log.close()
    const script = `
      import { createExchangeLog } from '#core/history/exchange-log.ts'
      const log = createExchangeLog(process.argv[1])
      const rows = await log.list({ limit: 1000 })
      void log.delete({ ids: rows.map(({ id }) => id) })
      // Between the deletion of the rows and the rewriting of the index.
      for (let turns = 0; (await log.list({ limit: 1 })).length > 0; turns++) await new Promise(setImmediate)
      process.kill(process.pid, 'SIGKILL')`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', file], { stdio: 'inherit' })
    await once(child, 'close')
    const again = open()
    expect(await again.list()).toEqual([])
    await expect.poll(() => filesWith(canary)).toEqual([])
  })
})

describe('retention', () => {
  const now = () => Date.parse(day(100))

  it('by days and by count is applied at once, and the setting is kept', async () => {
    const log = open({ now })
    for (let number = 1; number <= 90; number += 1) await log.record(marked({ at: day(number) }))
    expect(await log.retention()).toEqual({ days: null, count: null })
    expect(await log.keepFor({ days: 30, count: null })).toEqual({ retention: { days: 30, count: null }, deleted: 69 })
    expect((await log.list({ limit: 1000 })).map(({ at }) => at).at(-1)).toBe(day(70))
    expect(await log.keepFor({ days: 30, count: 5 })).toMatchObject({ deleted: 16 })
    expect((await log.list()).map(({ at }) => at)).toEqual([90, 89, 88, 87, 86].map(day))
    expect(await open({ now }).retention()).toEqual({ days: 30, count: 5 })
    expect((await open({ now }).status()).retention).toEqual({ days: 30, count: 5 })
  })

  it('is applied when the history is opened', async () => {
    const first = open({ now: () => Date.parse(day(1)) })
    await first.keepFor({ days: 10, count: null })
    await first.record(marked({ at: day(1) }))
    await first.record(exampleExchange({ at: day(95) }))
    first.close()
    const log = open({ now })
    await log.list()
    await expect.poll(() => log.list()).toHaveLength(1)
    await expect.poll(() => filesWith(canary)).toEqual([])
  })

  it('of a person who wants things older than so many days gone', async () => {
    const log = open({ now })
    for (const number of [10, 50, 99]) await log.record(exampleExchange({ at: day(number) }))
    expect(await log.delete({ olderThanDays: 40 })).toMatchObject({ deleted: 2 })
    expect(await log.delete({ olderThanDays: 40 })).toMatchObject({ deleted: 0, cleared: true })
    expect((await log.list()).map(({ at }) => at)).toEqual([day(99)])
  })
})
