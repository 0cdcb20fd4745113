/** What was acknowledged is found again, whatever happens to the process that wrote it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { exampleExchange, openTestVault, writeVersion1 } from '../../test/history/exchange-fixture.ts'
import { createExchangeLog } from './exchange-log.ts'

const root = join(import.meta.dirname, '..', '..')
const writer = join(root, 'test', 'history', 'history-writer.ts')

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-history-crash-'))
  file = join(folder, 'history.sqlite')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function startWriter(count: number, to = file): { child: ChildProcess; said: () => string[] } {
  const child = spawn(process.execPath, [writer, to, String(count)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  // A line that was cut off was not acknowledged.
  return { child, said: () => output.split('\n').slice(0, -1) }
}

const openAgain = () => createExchangeLog(file, { secrets: openTestVault(folder) })

/** Ids of everything, page by page. */
async function keptIds(log: ReturnType<typeof openAgain>): Promise<string[]> {
  const ids: string[] = []
  let before: number | undefined
  for (;;) {
    const rows = await log.list({ limit: 1000, before })
    ids.push(...rows.map(({ id }) => id))
    if (rows.length < 1000) return ids
    before = rows.at(-1)!.position
  }
}

function expectSound(): void {
  const database = new DatabaseSync(file)
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  database.exec("INSERT INTO exchange_words (exchange_words) VALUES ('integrity-check')")
  const count = (sql: string) => database.prepare(`SELECT count(*) AS n FROM ${sql}`).get()!.n
  expect(count('content')).toBe(count('exchange'))
  expect(count('exchange_words')).toBe(count('exchange'))
  expect(count('exchange LEFT JOIN content USING (position) WHERE document IS NULL')).toBe(0)
  database.close()
}

it('several processes write at once from the very first moment, make one key and lose nothing', async () => {
  const writers = [1, 2, 3, 4].map(() => startWriter(15))
  const codes = await Promise.all(writers.map(({ child }) => once(child, 'close')))
  expect(codes.map(([code]) => code as number)).toEqual([0, 0, 0, 0])
  const ids = writers.flatMap(({ said }) => said())
  expect(ids).toHaveLength(60)
  const log = openAgain()
  expect(new Set(await keptIds(log))).toEqual(new Set(ids))
  for (const id of ids) expect((await log.show(id)).bodies).toBe('kept')
  log.close()
})

it('a process is killed 20 times at random moments, and every acknowledged exchange is found again, bodies too', async () => {
  const acknowledged: string[] = []
  for (let round = 0; round < 20; round++) {
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
  const log = openAgain()
  const kept = new Set(await keptIds(log))
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  // At most the one under way per kill is there without having been told.
  expect(kept.size - acknowledged.length).toBeLessThanOrEqual(20)
  for (const id of acknowledged)
    expect(await log.show(id)).toMatchObject({ bodies: 'kept', response: { body: exampleExchange().response?.body } })
  log.close()
  expectSound()
}, 120_000)

it.skipIf(process.platform === 'win32')(
  'a full disk refuses what it cannot keep and loses nothing it kept',
  async () => {
    const limited = `ulimit -f 1200; exec "${process.execPath}" "${writer}" "${file}" 10000`
    const child = spawn('sh', ['-c', limited], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let [said, complaint] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
    })
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaint += chunk
    })
    await once(child, 'close')
    expect(complaint).toContain('Check free space')
    const acknowledged = said.split('\n').slice(0, -1)
    expect(acknowledged.length).toBeGreaterThan(3)
    const log = openAgain()
    const kept = new Set(await keptIds(log))
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    await log.record(exampleExchange())
    log.close()
    expectSound()
  },
)

/** Kills a writer a few milliseconds after a file has appeared, or after it acknowledged something. */
async function killAfter(sign: string | null, milliseconds: number): Promise<void> {
  const { child, said } = startWriter(1_000_000)
  const gone = once(child, 'close')
  const seen = () => (sign === null ? said().length > 0 : existsSync(join(folder, sign)))
  while (!seen() && child.exitCode === null) await new Promise((resolve) => setImmediate(resolve))
  const until = performance.now() + milliseconds
  while (performance.now() < until) await new Promise((resolve) => setImmediate(resolve))
  child.kill('SIGKILL')
  await gone
}

/** The version, and how many bodies are not sealed yet; null while there is no place for them. */
function stateOf(): { version: number; unsealed: number | null } {
  const database = new DatabaseSync(file)
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  const unsealed = version === 1 ? null : (database.prepare('SELECT count(*) AS n FROM plain_body').get()!.n as number)
  database.close()
  return { version, unsealed }
}

it('a migration is killed at each step: the database is the old or the new one, and nothing is lost', async () => {
  const old = Array.from({ length: 1500 }, () => exampleExchange())
  writeVersion1(file, old)
  await killAfter('locks/history.lock', 0)
  expect(stateOf().version).toBe(1)
  await killAfter('history.sqlite.backup-1.part', 0)
  expect(stateOf().version).toBe(1)
  const copy = 'history.sqlite.backup-1'
  for (const moment of [0, 5, 15]) {
    await rm(join(folder, copy), { force: true })
    await killAfter(copy, moment)
    expect([1, 2]).toContain(stateOf().version)
  }
  for (let round = 0; round < 3; round++) {
    await killAfter(null, round)
    expect(stateOf().version).toBe(2)
  }
  const log = openAgain()
  await log.record(exampleExchange())
  await expect.poll(async () => (await log.status()).unsealed, { timeout: 20_000 }).toBe(0)
  for (const one of old) expect(await log.show(one.id)).toEqual({ ...one, bodies: 'kept' })
  await expect.poll(async () => (await readdir(folder)).filter((name) => name.includes('.backup-'))).toEqual([])
  log.close()
  expectSound()
}, 120_000)
