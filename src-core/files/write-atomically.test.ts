import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { removeDurably, writeAtomically } from './write-atomically.ts'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '../..')
const load = `import { writeAtomically } from '#core/files/write-atomically.ts';`
const inline = (code: string): string[] => ['--input-type=module', '-e', load + code]

let folder: string
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tpp-files-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await fs.rm(folder, { recursive: true, force: true })
})

const missing = (tool: string): boolean => {
  if (spawnSync(tool, ['--version']).error === undefined) return false
  if (process.env.CI === 'true') throw new Error(`${tool} is needed under CI=true and is not installed`)
  process.stderr.write(`SKIPPED, not proven here: ${tool} is not installed\n`)
  return true
}

const fault = async (work: Promise<unknown>): Promise<{ code: string; message: string }> =>
  work.then(
    () => expect.fail('nothing was thrown'),
    (error: { code: string; message: string }) => error,
  )

describe('a write', () => {
  it('replaces bytes and text, privately, and leaves nothing beside', async () => {
    const file = path.join(folder, 'a.json')
    await writeAtomically(file, 'öld')
    await writeAtomically(file, Uint8Array.of(0, 255, 10))
    expect([...(await fs.readFile(file))]).toEqual([0, 255, 10])
    expect((await fs.stat(file)).mode & 0o777).toBe(0o600)
    expect(await fs.readdir(folder)).toEqual(['a.json'])
  })

  it('replaces a symbolic link and never writes through it', async () => {
    const target = path.join(folder, 'target')
    await fs.writeFile(target, 'outside')
    await fs.symlink(target, path.join(folder, 'link'))
    await writeAtomically(path.join(folder, 'link'), 'inside')
    expect(await fs.readFile(target, 'utf8')).toBe('outside')
  })

  it.skipIf(missing('strace'))('syncs the file, then renames, then syncs the folder', { timeout: 20_000 }, async () => {
    const trace = path.join(folder, 'trace')
    const code = `await writeAtomically(${JSON.stringify(path.join(folder, 'a.json'))}, 'x')`
    const calls = 'trace=fsync,fdatasync,rename,renameat,renameat2,openat'
    await run('strace', ['-f', '-y', '-o', trace, '-e', calls, process.execPath, ...inline(code)], { cwd: root })
    const lines = (await fs.readFile(trace, 'utf8')).split('\n').filter((line) => line.includes(folder))
    const order = lines
      .map((line) => /(openat|fsync|rename)/.exec(line)?.[1] + (line.includes('.tmp') ? ' temporary' : ' folder'))
      .filter((step) => step !== 'openat folder')
    expect(order).toEqual(['openat temporary', 'fsync temporary', 'rename temporary', 'fsync folder'])
  })

  it('is old or new after kill -9 at 30 random moments, and the next process tidies up', {
    timeout: 30_000,
  }, async () => {
    const file = path.join(folder, 'a.bin')
    const size = 200_000
    const valid = (bytes: Buffer): boolean => bytes.length === size && bytes.every((byte) => byte === bytes[0])
    await writeAtomically(file, Buffer.alloc(size, 1))
    const code = `for (let n = 2; ; n++) await writeAtomically(${JSON.stringify(file)}, Buffer.alloc(${size}, n % 250))`
    let leftBehind = 0
    const once = async (): Promise<void> => {
      const child = spawn(process.execPath, inline(code), { cwd: root, stdio: 'ignore' })
      const gone = new Promise((resolve) => child.once('exit', resolve))
      await sleep(60 + Math.random() * 120)
      child.kill('SIGKILL')
      await gone
      expect(valid(await fs.readFile(file))).toBe(true)
      leftBehind = Math.max(leftBehind, (await fs.readdir(folder)).length)
    }
    for (let n = 0; n < 30; n++) await once()
    expect(leftBehind).toBeLessThanOrEqual(2)
    await run(process.execPath, inline(`await writeAtomically(${JSON.stringify(file)}, 'last')`), { cwd: root })
    expect(await fs.readdir(folder)).toEqual(['a.bin'])
  })

  it('keeps the temporary of a living process and of another machine', async () => {
    const machine = `${'0'.repeat(8)}-1`
    await fs.writeFile(path.join(folder, `.a.${machine}-${'a'.repeat(12)}.tmp`), '')
    await writeAtomically(path.join(folder, 'b'), 'x')
    expect((await fs.readdir(folder)).length).toBe(2)
  })
})

describe('a write that cannot be made', () => {
  it('says that the folder is gone, read-only or in the way', async () => {
    expect(await fault(writeAtomically(path.join(folder, 'no', 'a'), 'x'))).toMatchObject({ code: 'DATA_UNWRITABLE' })
    await fs.mkdir(path.join(folder, 'a', 'b'), { recursive: true })
    const found = await fault(writeAtomically(path.join(folder, 'a'), 'x'))
    expect(found.message).toMatch(/^a was not written: .*folder/)
    expect(found.message).not.toContain(folder)
    expect(await fs.readdir(folder)).toEqual(['a'])
  })

  it('waits for a scanner that holds the file, a bounded time, and removes the temporary', async () => {
    const file = path.join(folder, 'a')
    await writeAtomically(file, 'old')
    const held = Object.assign(new Error('held'), { code: 'EPERM' })
    const rename = vi.spyOn(fs, 'rename').mockRejectedValueOnce(held).mockRejectedValueOnce(held)
    await writeAtomically(file, 'new')
    expect(rename).toHaveBeenCalledTimes(3)
    rename.mockReset().mockRejectedValue(held)
    expect(await fault(writeAtomically(file, 'newer'))).toMatchObject({ code: 'DATA_UNWRITABLE' })
    expect(rename.mock.calls.length).toBe(9)
    expect(await fs.readFile(file, 'utf8')).toBe('new')
    expect(await fs.readdir(folder)).toEqual(['a'])
  })

  it('meets a file size limit: the old file is intact', { timeout: 20_000 }, async () => {
    const file = path.join(folder, 'a')
    await writeAtomically(file, 'old')
    const code = `try { await writeAtomically(${JSON.stringify(file)}, Buffer.alloc(9e6)) } catch (error) { console.log(JSON.stringify(error)) }`
    const script = 'ulimit -f 1000; exec "$@"'
    const { stdout } = await run('sh', ['-c', script, 'sh', process.execPath, ...inline(code)], { cwd: root })
    expect(JSON.parse(stdout)).toMatchObject({ code: 'DATA_UNWRITABLE', details: { file: 'a', system: 'EFBIG' } })
    expect(await fs.readFile(file, 'utf8')).toBe('old')
    expect(await fs.readdir(folder)).toEqual(['a'])
  })

  it('meets a full disk of 2 MB: the old file is intact', async (context) => {
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder])
    if (mount.status !== 0) return context.skip('no right to mount a tmpfs here; the file size limit is proven instead')
    try {
      const file = path.join(folder, 'a')
      await writeAtomically(file, 'old')
      const found = await fault(writeAtomically(file, Buffer.alloc(3_000_000, 1)))
      expect(found).toMatchObject({ code: 'DATA_UNWRITABLE', details: { system: 'ENOSPC' } })
      expect(found.message).toContain('the disk is full. Free some space')
      expect(await fs.readFile(file, 'utf8')).toBe('old')
      expect(await fs.readdir(folder)).toEqual(['a'])
    } finally {
      execFileSync('umount', [folder])
    }
  })
})

it('removes a file once', async () => {
  await writeAtomically(path.join(folder, 'a'), 'x')
  expect(await removeDurably(path.join(folder, 'a'))).toBe(true)
  expect(await removeDurably(path.join(folder, 'a'))).toBe(false)
})
