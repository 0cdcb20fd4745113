/** The doctor names what is missing and never falls ill itself. */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkSchema } from '#shared/contract/workspace.ts'
import { Fault } from '#shared/fault.ts'
import { type DoctorParts, examine } from './doctor.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-doctor-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const parts = (change: Partial<DoctorParts> = {}): DoctorParts => ({
  dataFolder: join(folder, 'data'),
  probeStore: () => Promise.resolve({ state: 'ready', name: 'vault', message: 'It is open.', remedy: null }),
  countBanks: () => Promise.resolve({ banks: 1, operations: 22 }),
  readHistory: () => Promise.resolve([]),
  sandboxBanks: () => Promise.resolve(['ica-banken']),
  ...change,
})

describe('the doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const { ok, checks } = await examine(parts())
    expect(ok).toBe(true)
    expect(checks.map(({ id }) => id)).toEqual(['node', 'data-folder', 'key-store', 'banks', 'history', 'sandbox'])
    for (const check of checks) expect(checkSchema.parse(check)).toMatchObject({ ok: true, remedy: null })
    expect(checks.find(({ id }) => id === 'banks')?.message).toBe('1 bank with 22 operations')
    if (process.platform !== 'win32') expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700)
  })

  it('takes a sandbox that is not running for a state', async () => {
    const { ok, checks } = await examine(parts({ sandboxBanks: () => Promise.resolve([]) }))
    expect(ok).toBe(true)
    expect(checks.find(({ id }) => id === 'sandbox')?.message).toContain('tpp sandbox')
  })

  const broken = (message: string) => () => Promise.reject(new Fault('DATA_DAMAGED', message))

  it.each<[string, Partial<DoctorParts>, string]>([
    [
      'a locked key store',
      {
        probeStore: () =>
          Promise.resolve({ state: 'locked', name: 'keyring', message: 'It is locked.', remedy: 'Unlock it.' }),
      },
      'key-store',
    ],
    ['a key store that cannot say', { probeStore: broken('settings.json is damaged.') }, 'key-store'],
    ['a damaged bank', { countBanks: broken('The folder of bank x') }, 'banks'],
    ['a damaged history', { readHistory: broken('history.sqlite is damaged') }, 'history'],
  ])('names %s', async (_, change, id) => {
    const { ok, checks } = await examine(parts(change))
    expect(ok).toBe(false)
    expect(checks.filter((check) => !check.ok).map((check) => check.id)).toEqual([id])
  })

  it('lives through a sandbox that cannot be asked', async () => {
    expect((await examine(parts({ sandboxBanks: broken('x') }))).ok).toBe(true)
  })

  it('names a data folder that is none', async () => {
    await writeFile(join(folder, 'data'), 'in the way')
    const { checks } = await examine(parts())
    expect(checks.find(({ id }) => id === 'data-folder')).toMatchObject({
      ok: false,
      remedy: expect.stringContaining('TPP_HOME'),
    })
  })
})
