// Proves that a program without progress is ended with all it started, and that a working one is left alone.

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

interface Watched {
  watched(file: string, args: string[], options: object): Promise<{ stalled: boolean; code: number | null }>
}

const { watched } = (await import(new URL('watched.mjs', import.meta.url).href)) as Watched

describe('a watched program', () => {
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tpp-watched-'))
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  const watch = (source: string) => {
    const options = { cwd: folder, env: process.env, stallSeconds: 2, log: join(folder, 'log'), everySeconds() {} }
    return watched(process.execPath, ['-e', source], options)
  }

  test('passes its exit code and its output on', async () => {
    expect(await watch('console.log("one"); console.error("two"); process.exitCode = 7')).toEqual({
      stalled: false,
      code: 7,
    })
    expect(await readFile(join(folder, 'log'), 'utf8')).toContain('one')
  })

  test('may be silent while it works', { skip: process.platform !== 'linux' }, async () => {
    const work = 'const end = Date.now() + 3500; while (Date.now() < end);'
    expect(await watch(work)).toEqual({ stalled: false, code: 0 })
  })

  test('may wait while it speaks', async () => {
    expect(await watch('setInterval(() => console.log("."), 500); setTimeout(process.exit, 3500)')).toMatchObject({
      stalled: false,
    })
  })

  test('is ended with its children when it neither works nor speaks, also if it ignores signals', async () => {
    const child = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`
    const source = `
      process.on('SIGTERM', () => {})
      const { pid } = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}])
      require('node:fs').writeFileSync('pid', String(pid))
      setInterval(() => {}, 1000)`
    expect(await watch(source)).toMatchObject({ stalled: true })
    const pid = Number(await readFile(join(folder, 'pid'), 'utf8'))
    await expect.poll(() => alive(pid)).toBe(false)
  })
})

/** A killed process whose parent has not asked for its end yet still has its number; its state says so. */
async function alive(pid: number): Promise<boolean> {
  if (process.platform === 'linux') {
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    return state !== '' && !/\) Z /.test(state)
  }
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
