/** Large answers in a process of its own: what it needs of memory, and what is left when it is killed. */
import { execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type InProcess, openInProcess, target } from '../../test/terminal/in-process.ts'

const program = resolve(import.meta.dirname, '../../test/servers/send-large.ts')
const megabyte = 1024 * 1024
const line = Buffer.from(`${'{"access_token":"kn4ry-7f3Qz","note":"kn4ry-plain"},'.repeat(20_000)}`)

let terminal: InProcess
/** Megabytes the bank sends, and whether it ends then. */
let sends = { megabytes: 0, ends: true }

beforeEach(async () => {
  terminal = await openInProcess((_incoming, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    let left = sends.megabytes
    const more = () => {
      while (left > 0) {
        left -= 1
        if (!response.write(line)) {
          response.once('drain', more)
          return
        }
      }
      if (sends.ends) response.end()
    }
    more()
  })
  // The vault's key is made once, so that both processes have it.
  await terminal.workbench().client.history.list({})
})
afterEach(() => terminal.close())

const order = () =>
  JSON.stringify({
    data: terminal.data,
    passphrase: 'correct horse battery staple',
    draft: { ...target, operation: 'bog-products-list', parameters: { locale: 'en' }, insist: true, deadline: 120_000 },
  })

const partsOnDisk = (): { path: string; size: number }[] => {
  const folder = join(terminal.data, 'cache', 'answers')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .map((path) => ({ path, size: statSync(path).size }))
}

it('holds no more memory for 60 MB than for 20 MB', async () => {
  const heldFor = async (megabytes: number) => {
    sends = { megabytes, ends: true }
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, order()])
    const { stored, held } = JSON.parse(stdout) as { stored: number; held: number }
    expect(stored).toBeGreaterThan(0.9 * megabytes * line.length)
    expect(held).toBeGreaterThan(megabyte)
    return held
  }
  const small = await heldFor(20)
  expect((await heldFor(60)) - small).toBeLessThan(25 * megabyte)
}, 300_000)

it('leaves nothing readable when it is killed in the middle, and nothing at all after the next start', async () => {
  sends = { megabytes: 6, ends: false }
  const child = spawn(process.execPath, [program, order()], { stdio: 'ignore' })
  const ended = new Promise((gone) => child.once('exit', gone))
  await expect.poll(() => partsOnDisk().some(({ size }) => size > 4 * megabyte), { timeout: 60_000 }).toBe(true)
  child.kill('SIGKILL')
  await ended
  expect(partsOnDisk()).toHaveLength(1)
  const disk = await terminal.everyFile()
  expect(disk).not.toContain('kn4ry')
  await terminal.restart()
  await expect.poll(partsOnDisk).toEqual([])
}, 120_000)
