/** What a run of calls has told is found again, whatever happens to the process that made them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { openTestVault } from '../../test/history/exchange-fixture.ts'
import { createTestAuthority } from '../../test/pki/test-authority.ts'
import { createExchangeLog } from '../history/exchange-log.ts'

const root = join(import.meta.dirname, '..', '..')
const writer = join(root, 'test', 'history', 'repeat-writer.ts')

it('a run is killed 20 times at random moments, and every call that was told is in history, bodies too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tpp-repeat-crash-'))
  const file = join(folder, 'history.sqlite')
  const authority = await createTestAuthority()
  const { cert, key } = await authority.leaf({ name: 'bank' })
  let answered = 0
  const bank = createServer({ cert, key }, (_request, response) => {
    answered += 1
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"accounts":["kept"]}')
  })
  await new Promise<void>((resolve) => bank.listen(0, '127.0.0.1', resolve))
  const url = `https://127.0.0.1:${(bank.address() as AddressInfo).port}`
  await writeFile(join(folder, 'ca.pem'), authority.ca)
  const told: string[] = []
  for (let round = 0; round < 20; round++) {
    const child = spawn(process.execPath, [writer, file, join(folder, 'cache'), url, join(folder, 'ca.pem')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const gone = once(child, 'close')
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
    // A line that was cut off was not told.
    const said = () => output.split('\n').slice(0, -1)
    const target = 1 + Math.floor(Math.random() * 40)
    await expect.poll(() => said().length, { interval: 1, timeout: 30_000 }).toBeGreaterThanOrEqual(target)
    for (let spins = Math.random() * 2000; spins > 0; spins--) await Promise.resolve()
    child.kill('SIGKILL')
    await gone
    told.push(...said())
  }
  bank.closeAllConnections()
  bank.close()

  const log = createExchangeLog(file, { secrets: openTestVault(folder) })
  for (const id of told)
    expect(await log.show(id)).toMatchObject({ bodies: 'kept', response: { body: '{"accounts":["kept"]}' } })
  log.close()
  const database = new DatabaseSync(file)
  const count = (sql: string) => database.prepare(`SELECT count(*) AS n FROM ${sql}`).get()!.n as number
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  expect(count('content')).toBe(count('exchange'))
  // Answered and not in history: those being written, at most sixteen, the one that ran and the one before it.
  expect(answered - count('exchange')).toBeLessThanOrEqual(20 * 18)
  database.close()
  await rm(folder, { recursive: true, force: true })
}, 180_000)
