import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whyNoKeyringTests } from '../../test/keyring/keyring-tests-possible.ts'
import { type KeyringState, makePrivateKeyring, type PrivateKeyring } from '../../test/keyring/private-keyring.ts'

const program = path.resolve(import.meta.dirname, '../../test/keyring/keychain-scenario.ts')
const impossible = whyNoKeyringTests()

interface Outcome {
  value?: unknown
  code?: string
  message?: string
  ms: number
}
interface Outcomes extends Record<'existing' | 'large' | 'none' | 'set' | 'delete', Outcome> {
  probe: { state: string; message: string; remedy: string | null }
  longestStall: number
  keys: string | null
}

describe.skipIf(impossible !== null)('the keychain, on a real keyring of our own', { timeout: 30_000 }, () => {
  let keyring: PrivateKeyring
  let folder: string
  beforeAll(async () => {
    keyring = await makePrivateKeyring()
    folder = path.join(keyring.home, 'secrets')
    await scenario('unlocked', 'keep')
  })
  afterAll(() => keyring.remove())

  async function scenario<T>(state: KeyringState, name: string, environment: Record<string, string> = {}): Promise<T> {
    const run = await keyring.run(state, [process.execPath, program, name, folder], { environment })
    if (run.code !== 0) throw new Error(`${name} while ${state}: ${run.stderr}`)
    return JSON.parse(run.stdout) as T
  }

  it('brings back every size and every byte; what is large, empty or looks like a pointer is sealed', async () => {
    const { same, files } = await scenario<{ same: Record<string, boolean>; files: string[] }>('unlocked', 'roundTrips')
    expect(Object.values(same)).toEqual(Array(10).fill(true))
    const sealed = files.filter((name) => name.endsWith('.sealed')).map((name) => name.split('.')[0])
    expect(sealed.sort()).toEqual(['kept-large', 'pointer', 'size-0', 'size-2401', 'size-5000'])
  })

  it('replaces small by large and back and deletes, leaving no file', async () => {
    const result = await scenario<{ files: string[] }>('unlocked', 'replaceAndDelete')
    expect(result).toMatchObject({ read: [true, true, true, true], deleted: [true, true, false], after: [null, null] })
    expect(result.files.filter((name) => /^(one|large)\./.test(name))).toEqual([])
  })

  it('takes 20 sets and gets at once', async () => expect(await scenario('unlocked', 'parallel')).toBe(true))

  it('never touches the kernel keyring (K5)', async () => {
    const ours = (keys: string | null): string[] =>
      [...(keys ?? '').matchAll(/^(\w+) .*tpp-workbench/gm)].map(([, id = '']) => id)
    // What another program left there before is not ours to judge.
    const before = ours(await fs.readFile('/proc/keys', 'utf8').catch(() => null))
    const { keys, probe } = await scenario<Outcomes>('unlocked', 'keep')
    expect(probe.state).toBe('ready')
    expect(ours(keys)).toEqual(before)
    const absent = await scenario<Outcomes>('absent', 'outcomes')
    expect(ours(absent.keys)).toEqual(before)
  })

  it.each([
    ['absent', {}, 'KEYCHAIN_ABSENT', 'absent', /TPP_SECRETS=vault/],
    ['serviceless', {}, 'KEYCHAIN_ABSENT', 'absent', /GNOME Keyring/],
    ['locked', {}, 'KEYCHAIN_LOCKED', 'locked', /Unlock it/],
    ['locked', { DISPLAY: ':99' }, 'KEYCHAIN_DENIED', 'locked', /dismissed/],
    ['denied', {}, 'KEYCHAIN_DENIED', 'denied', /policy/],
  ] as const)('%s %o: every call says %s and nothing is changed', async (state, environment, code, probe, sentence) => {
    const found = await scenario<Outcomes>(state, 'outcomes', environment)
    expect(found.probe.state).toBe(probe)
    expect(found.probe.remedy).not.toBeNull()
    for (const call of ['existing', 'large', 'none', 'set', 'delete'] as const) {
      expect(found[call]).toMatchObject({ code, message: expect.stringMatching(sentence) })
    }
    expect(found.longestStall).toBeLessThan(1_000)
    expect(await scenario('unlocked', 'kept')).toEqual([expect.any(String), expect.any(String)])
  })

  it('is absent, not empty, where the service has no default keyring', async () => {
    const other = await makePrivateKeyring()
    try {
      const run = await other.run('homeless', [process.execPath, program, 'outcomes', path.join(other.home, 'secrets')])
      const found = JSON.parse(run.stdout) as Outcomes
      expect(found.probe).toMatchObject({ state: 'absent', message: expect.stringContaining('no default keyring') })
      expect(found.none.code).toBe('KEYCHAIN_ABSENT')
    } finally {
      await other.remove()
    }
  })

  it('brings everything back after unlocking (K6)', async () => {
    const before = await scenario('unlocked', 'kept')
    await scenario('locked', 'outcomes')
    expect(await scenario('unlocked', 'kept')).toEqual(before)
  })

  it('does not stand still while a keyring does not answer', async () => {
    const found = await scenario<Outcomes>('silent', 'silent')
    expect(found).toMatchObject({ probe: { state: 'failed' }, existing: { code: 'KEYCHAIN_FAILED' } })
    expect(found.existing.message).toContain('does not answer')
    expect(found.longestStall).toBeLessThan(1_000)
  })

  it('gives up an unanswered prompt after its deadline or at once when cancelled, and can exit (K8)', async () => {
    const start = performance.now()
    const found = await scenario<Record<string, Outcome> & Outcomes>('prompting', 'prompt')
    expect(found.waiting).toMatchObject({ code: 'KEYCHAIN_LOCKED', message: expect.stringContaining('prompt') })
    expect(found.cancelled?.code).toBe('CANCELLED')
    expect(found.cancelled?.ms).toBeLessThan(300)
    expect(found.others?.ms).toBeLessThan(1_000)
    expect(found.longestStall).toBeLessThan(1_000)
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  it.each(['keychain', 'vault'])('writes the canary to no file (%s)', async (store) => {
    const canary = randomBytes(64)
    const forms = [
      canary,
      ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(canary.toString(form))),
    ]
    const trace = path.join(keyring.home, 'trace')
    const traced = spawnSync('strace', ['--version']).error === undefined
    if (!traced && process.env.CI === 'true') throw new Error('strace is needed under CI=true')
    if (!traced)
      process.stderr.write('PARTLY SKIPPED: strace is not installed; only the files that remain are searched\n')
    const strace = traced
      ? ['strace', '-f', '-y', '-xx', '-s', '20000', '-o', trace, '-e', 'trace=write,pwrite64,writev,pwritev']
      : []
    const command = [...strace, process.execPath, program, 'canary', folder, canary.toString('hex')]
    const run = await keyring.run('unlocked', command, { environment: { TEST_STORE: store } })
    expect(JSON.parse(run.stdout)).toEqual([true, 3840])
    const written = (await fs.readFile(trace, 'utf8').catch(() => '')).replaceAll('\\x', '')
    expect(traced && !written.includes('5450505345414c')).toBe(false)
    for (const form of forms) expect(written.includes(form.toString('hex'))).toBe(false)
    await fs.rm(trace, { force: true })
    for (const entry of await fs.readdir(keyring.home, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const content = await fs.readFile(path.join(entry.parentPath, entry.name))
      for (const form of forms) expect(content.includes(form), entry.name).toBe(false)
    }
  })
})
