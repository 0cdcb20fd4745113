/** What is acknowledged is on the disk: the log is synced after it was written and before anyone hears of it. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHistoryDatabase, type HistoryDatabase } from './history-database.ts'
import { createWriteQueue, type Write } from './write-queue.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')

let folder: string
let file: string
let database: HistoryDatabase
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-synced-apart-'))
  file = join(folder, 'history.sqlite')
  database = createHistoryDatabase({ file, lockFile: join(folder, 'history.lock') }, { opened() {}, now: Date.now })
})
afterEach(async () => {
  database.close()
  await rm(folder, { recursive: true, force: true })
})

const missing = (tool: string): boolean => {
  if (spawnSync(tool, ['--version']).error === undefined) return false
  if (process.env.CI === 'true') throw new Error(`${tool} is needed under CI=true and is not installed`)
  process.stderr.write(`SKIPPED, not proven here: ${tool} is not installed\n`)
  return true
}

/** Writes three groups and says of each when it is told to be durable. */
const program = (path: string): string => `
  import { writeSync } from 'node:fs'
  import { createHistoryDatabase } from '#core/history/history-database.ts'
  import { createWriteQueue } from '#core/history/write-queue.ts'
  const file = ${JSON.stringify(path)}
  const database = createHistoryDatabase({ file, lockFile: file + '.lock' }, { opened() {}, now: Date.now })
  const queue = createWriteQueue(database, file)
  for (const group of ['one', 'two', 'three']) {
    const note = (name) => (history) => void history.statement('INSERT INTO note (name, value) VALUES (?, ?)').run(name, group)
    await Promise.all(Array.from({ length: 16 }, (_, index) => queue.add(note(group + index))))
    writeSync(1, 'told ' + group + '\\n')
  }
  database.close()`

it.skipIf(missing('strace'))('every group is written, then synced, then told of', { timeout: 60_000 }, async () => {
  const trace = join(folder, 'trace')
  const inline = ['--input-type=module', '-e', program(file)]
  const calls = 'trace=fsync,fdatasync,pwrite64,write'
  await run('strace', ['-f', '-y', '-o', trace, '-e', calls, process.execPath, ...inline], { cwd: root })
  const lines = (await readFile(trace, 'utf8')).split('\n')
  const places = ['one', 'two', 'three'].map((group) => lines.findIndex((line) => line.includes(`"told ${group}\\n"`)))
  expect(places.every((place) => place > 0)).toBe(true)
  let from = 0
  for (const told of places) {
    const before = lines.slice(from, told)
    const written = before.findLastIndex((line) => line.includes('pwrite64(') && line.includes('-wal>'))
    const synced = before.findLastIndex((line) => /f(data)?sync\(/.test(line) && line.includes('-wal>'))
    expect(written).toBeGreaterThanOrEqual(0)
    expect(synced).toBeGreaterThan(written)
    const [thread] = before[synced]!.split(' ')
    const ends = before.slice(synced).some((line) => line.startsWith(`${thread} `) && /f(data)?sync.*= 0$/.test(line))
    expect(ends).toBe(true)
    from = told
  }
})

it('what the disk refuses is refused, and not written twice', async () => {
  const queue = createWriteQueue(database, file)
  const note =
    (name: string): Write =>
    (history) =>
      void history.statement('INSERT INTO note (name, value) VALUES (?, ?)').run(name, 'x')
  await Promise.all([queue.add(note('first')), queue.flush()])
  const log = `${file}-wal`
  await rename(log, `${log}.away`)
  // Opening it fails, whoever asks.
  await symlink(log, log)
  const outcomes = Promise.allSettled([queue.add(note('a')), queue.add(note('b'))])
  await queue.flush()
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await outcomes).toMatchObject([
    { reason: { code: 'DATA_UNWRITABLE' } },
    { reason: { code: 'DATA_UNWRITABLE' } },
  ])
  await rm(log)
  await rename(`${log}.away`, log)
  const kept = await database.use(({ statement }) => statement('SELECT name FROM note ORDER BY name').all())
  expect(kept.map(({ name }) => name)).toEqual(['a', 'b', 'first'])
})

it('other writes go on waiting for the disk themselves', async () => {
  const queue = createWriteQueue(database, file)
  const nothing: Write = () => {}
  for (let round = 0; round < 2; round++) await Promise.all([queue.add(nothing), queue.flush()])
  const level = await database.use(({ statement }) => statement('PRAGMA synchronous').get())
  expect(level).toEqual({ synchronous: 2 })
})
