// Proves what a person meets before the workbench runs: one sentence for an old Node, one install at a time, a true count.

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'

const run = promisify(execFile)
const scripts = resolve(import.meta.dirname, '..')

const moduleUrl = (name: string) => pathToFileURL(resolve(scripts, 'setup', name)).href

/** Runs a module's code in a Node of its own. */
const evaluate = (code: string) =>
  run(process.execPath, ['--input-type=module', '-e', code]).catch((failure: unknown) => failure as Failure)

interface Failure {
  code: number
  stderr: string
  stdout: string
}

describe('an old Node', () => {
  const refusal = (version: string, platform: string, arch: string) =>
    evaluate(`
      Object.defineProperty(process, 'versions', { value: { node: '${version}' } })
      Object.defineProperty(process, 'platform', { value: '${platform}' })
      Object.defineProperty(process, 'arch', { value: '${arch}' })
      const { refuseOldNode } = await import(${JSON.stringify(moduleUrl('old-node.mjs'))})
      refuseOldNode()`)

  test.each([
    ['18.20.8', 'linux', 'x64', '20 or newer on linux-x64'],
    ['22.4.0', 'darwin', 'arm64', '24 or newer on macOS'],
    ['22.4.0', 'win32', 'arm64', '24 or newer on win32-arm64'],
  ])('%s on %s %s is refused with the version needed', async (version, platform, arch, words) => {
    const failure = await refusal(version, platform, arch)
    expect(failure).toMatchObject({ code: 2, stdout: '' })
    expect(failure.stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(words)])
  })

  test.each([
    ['20.0.0', 'linux', 'x64'],
    ['20.0.0', 'win32', 'x64'],
    ['24.0.0', 'darwin', 'arm64'],
  ])('%s on %s %s is enough', async (version, platform, arch) => {
    expect(await refusal(version, platform, arch)).toMatchObject({ stderr: '' })
  })
})

test('only one process at a time installs or builds', async () => {
  const holder = `
    const { oneAtATime } = await import(${JSON.stringify(moduleUrl('one-at-a-time.mjs'))})
    const { setTimeout } = await import('node:timers/promises')
    await oneAtATime(async () => {
      console.log('in ' + Date.now())
      await setTimeout(200)
      console.log('out ' + Date.now())
    })`
  const outputs = await Promise.all([1, 2, 3].map(() => evaluate(holder)))
  const stays = outputs
    .map(({ stdout }) => [...stdout.matchAll(/\d+/g)].map(Number))
    .sort(([one = 0], [other = 0]) => one - other)
  expect(stays.map((stay) => stay.length)).toEqual([2, 2, 2])
  expect(stays.flat()).toEqual(stays.flat().sort((one, other) => one - other))
})

describe('the count', () => {
  interface Counting {
    line: string
    missing(what: string, why: string): void
    add(counts: object): void
  }
  const tally = async () => {
    const { Tally } = (await import(new URL('../checks/tally.mjs', import.meta.url).href)) as {
      Tally: new () => Counting
    }
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    return new Tally()
  }

  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })

  test.each([
    ['', '5 passed, 0 failed, 1 skipped'],
    ['true', '5 passed, 1 failed, 0 skipped'],
  ])('of a missing part with CI=%s', async (ci, line) => {
    vi.stubEnv('CI', ci)
    const counting = await tally()
    counting.add({ passed: 5, failed: 0, skipped: 0 })
    counting.missing('strace', 'Why: …')
    expect(counting.line).toBe(line)
  })
})

test('every command of package.json that needs Node begins with a script that refuses an old one', () => {
  const manifest = JSON.parse(readFileSync(resolve(scripts, '../package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  for (const name of ['start', 'test', 'tpp', 'build']) {
    const file = /^node (scripts\/\S+\.mjs)/.exec(manifest.scripts[name] ?? '')?.[1]
    expect(readFileSync(resolve(scripts, '..', file ?? ''), 'utf8')).toContain('\nrefuseOldNode()\n')
  }
})
