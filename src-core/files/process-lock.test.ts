import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { withProcessLock } from './process-lock.ts'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '../..')
const load = `import { withProcessLock } from '#core/files/process-lock.ts'; import fs from 'node:fs/promises';`
const inline = (code: string): string[] => ['--input-type=module', '-e', load + code]

let folder: string
let lock: string
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tpp-lock-'))
  lock = path.join(folder, 'a.lock')
})
afterEach(() => fs.rm(folder, { recursive: true, force: true }))

const bump = (counter: string) => async (): Promise<void> => {
  const value = Number(await fs.readFile(counter, 'utf8'))
  await new Promise(setImmediate)
  await fs.writeFile(counter, String(value + 1))
}

it('loses no increment of two processes', { timeout: 20_000 }, async () => {
  const counter = path.join(folder, 'counter')
  await fs.writeFile(counter, '0')
  const code = `for (let n = 0; n < 50; n++) await withProcessLock(${JSON.stringify(lock)}, 'it', { timeoutMilliseconds: 15000 }, async () => {
    const value = Number(await fs.readFile(${JSON.stringify(counter)}, 'utf8'))
    await new Promise(setImmediate)
    await fs.writeFile(${JSON.stringify(counter)}, String(value + 1))
  })`
  await Promise.all([1, 2].map(() => run(process.execPath, inline(code), { cwd: root })))
  expect(await fs.readFile(counter, 'utf8')).toBe('100')
})

it('queues the calls of one process in order', async () => {
  const counter = path.join(folder, 'counter')
  await fs.writeFile(counter, '0')
  const order: number[] = []
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      withProcessLock(lock, 'it', {}, () => bump(counter)().then(() => void order.push(n))),
    ),
  )
  expect(await fs.readFile(counter, 'utf8')).toBe('20')
  expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n))
})

it('is free at once when its holder is killed; until then BUSY or CANCELLED', { timeout: 20_000 }, async () => {
  const code = `await withProcessLock(${JSON.stringify(lock)}, 'it', {}, () => new Promise(() => { console.log('held'); setInterval(() => {}, 1000) }))`
  const child = spawn(process.execPath, inline(code), { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const nothing = async (): Promise<void> => undefined
  const start = performance.now()
  await expect(withProcessLock(lock, 'the keys', { timeoutMilliseconds: 100 }, nothing)).rejects.toMatchObject({
    code: 'BUSY',
    message: expect.stringContaining('the keys'),
  })
  expect(performance.now() - start).toBeLessThan(1000)
  const signal = AbortSignal.timeout(50)
  await expect(withProcessLock(lock, 'it', { signal }, nothing)).rejects.toMatchObject({ code: 'CANCELLED' })
  child.kill('SIGKILL')
  await once(child, 'exit')
  const freed = performance.now()
  await withProcessLock(lock, 'it', { timeoutMilliseconds: 1000 }, nothing)
  expect(performance.now() - freed).toBeLessThan(500)
})

it('frees the lock and the line when the work throws, and when a waiter gives up', async () => {
  await expect(withProcessLock(lock, 'it', {}, () => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
  const gate = Promise.withResolvers<void>()
  const holder = withProcessLock(lock, 'it', {}, () => gate.promise)
  const late = withProcessLock(lock, 'it', { timeoutMilliseconds: 20 }, async () => 1)
  await expect(late).rejects.toMatchObject({ code: 'BUSY' })
  const after = withProcessLock(lock, 'it', {}, async () => 2)
  gate.resolve()
  await holder
  expect(await after).toBe(2)
})

it('says that its folder is gone', async () => {
  const work = withProcessLock(path.join(folder, 'no', 'a.lock'), 'it', {}, async () => 1)
  await expect(work).rejects.toMatchObject({ code: 'DATA_UNWRITABLE' })
})
