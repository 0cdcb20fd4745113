import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { crashingDisk } from '../../test/keyring/crashing-disk.ts'
import { testDisk } from '../../test/keyring/test-disk.ts'
import type { SecretDisk, SecretStore } from './secret-store.ts'
import { makeHeader, openHeader, readHeader } from './vault-header.ts'
import { openVaultStore } from './vault-store.ts'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '../..')
/** Not reachable from outside: `openSecretStore` does not pass it. */
const cheap = { N: 2 ** 10, r: 8, p: 1 }
const passphrase = 'correct horse battery'

let folder: string
let asked: number
let store: SecretStore
const open = (text = passphrase, disk: SecretDisk = testDisk): SecretStore =>
  openVaultStore({ folder: { path: folder, disk }, passphrase: () => answer(text) }, cheap)
const answer = async (text: string): Promise<string> => {
  asked++
  return text
}

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tpp-vault-'))
  asked = 0
  store = open()
})
afterEach(() => fs.rm(folder, { recursive: true, force: true }))

const file = (name: string): string => path.join(folder, name)
const sealed = async (id: string): Promise<string> =>
  file((await fs.readdir(folder)).find((name) => name.startsWith(`${id}.`) && name !== 'index.sealed') ?? 'none')
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was thrown',
    (error: { code: string }) => error.code,
  )
const changeHeader = async (change: object): Promise<void> => {
  const header = JSON.parse(await fs.readFile(file('vault.json'), 'utf8'))
  await fs.writeFile(file('vault.json'), JSON.stringify({ ...header, ...change }))
}

it('stores, replaces, deletes; asks once; asks nothing while there is no vault', async () => {
  expect(await store.get('a')).toBeNull()
  expect(await store.delete('a')).toBe(false)
  expect(asked).toBe(0)
  await Promise.all(['a', 'b', 'c'].map((id) => store.set(id, Buffer.from(id))))
  await store.set('a', Buffer.from('new'))
  expect(await Promise.all(['a', 'b', 'd'].map((id) => store.get(id)))).toEqual([
    Buffer.from('new'),
    Buffer.from('b'),
    null,
  ])
  expect([await store.delete('a'), await store.delete('a'), await store.get('a')]).toEqual([true, false, null])
  expect(asked).toBe(1)
  const names = (await fs.readdir(folder)).map((name) => name.replace(/\.[0-9a-f]{32}\./, '.'))
  const whole = [
    'b.sealed',
    'c.sealed',
    'changing.lock',
    'index.sealed',
    'index.sealed.bak',
    'vault.json',
    'vault.json.bak',
  ]
  expect(names.sort()).toEqual(whole)
  for (const name of (await fs.readdir(folder)).filter((each) => !each.endsWith('.lock'))) {
    expect((await fs.stat(file(name))).mode & 0o777).toBe(0o600)
  }
})

it('brings back any bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 6_000, size: 'max' }), async (secret) => {
      await store.set('any', secret)
      expect(await store.get('any')).toEqual(Buffer.from(secret))
    }),
    { numRuns: 30 },
  )
})

it('forgets its key when locked, also under calls that are on their way', async () => {
  await store.set('a', Buffer.from('secret'))
  store.lock()
  expect(await store.probe()).toMatchObject({ state: 'locked' })
  expect(asked).toBe(1)
  expect(await store.get('a')).toEqual(Buffer.from('secret'))
  expect(asked).toBe(2)
  expect(await store.probe()).toMatchObject({ state: 'ready' })
  const calls = [store.get('a'), store.set('b', Buffer.from('b')), store.get('a')].map(code)
  store.lock()
  const outcomes = await Promise.all(calls)
  expect(outcomes.every((each) => each === 'VAULT_PASSPHRASE_MISSING' || each === 'nothing was thrown')).toBe(true)
  // Whatever was written meanwhile opens: nothing was sealed under a wiped key.
  expect([null, 'b']).toContain((await store.get('b'))?.toString() ?? null)
})

it('refuses a missing, short and wrong passphrase, and asks again after a wrong one', async () => {
  expect(await code(open('').set('a', Buffer.from('x')))).toBe('VAULT_PASSPHRASE_MISSING')
  expect(await code(open('eleven char').set('a', Buffer.from('x')))).toBe('VAULT_PASSPHRASE_SHORT')
  expect((await fs.readdir(folder)).filter((name) => !name.endsWith('.lock'))).toEqual([])
  await store.set('a', Buffer.from('x'))
  const answers = ['not the passphrase', passphrase]
  const other = openVaultStore(
    { folder: { path: folder, disk: testDisk }, passphrase: async () => answers.shift() ?? '' },
    cheap,
  )
  expect(await code(other.get('a'))).toBe('VAULT_PASSPHRASE_WRONG')
  expect(await other.get('a')).toEqual(Buffer.from('x'))
})

it('takes the same text typed on another system', async () => {
  await open('Grüße aus Tiflis'.normalize('NFC')).set('a', Buffer.from('x'))
  expect(await open('Grüße aus Tiflis'.normalize('NFD')).get('a')).toEqual(Buffer.from('x'))
})

it('tells damage, a swap, a rollback and a loss of one file apart, and touches nothing (K3)', async () => {
  await store.set('a', Buffer.alloc(300, 1))
  await store.set('b', Buffer.alloc(300, 2))
  const [a, b] = [await sealed('a'), await sealed('b')]
  const bytes = await fs.readFile(a)
  for (const at of [0, 10, 30, 50, 75, 84, 85, 90, 200, bytes.length - 1]) {
    const flipped = Buffer.from(bytes)
    flipped[at] = (flipped[at] ?? 0) ^ 1
    await fs.writeFile(a, flipped)
    expect(await code(store.get('a')), `byte ${at}`).toBe('SECRET_DAMAGED')
    expect(await fs.readFile(a)).toEqual(flipped)
  }
  await fs.copyFile(b, a)
  expect(await code(store.get('a'))).toBe('SECRET_SWAPPED')
  await fs.writeFile(a, bytes)
  await store.set('a', Buffer.alloc(300, 3))
  const current = await sealed('a')
  const kept = await fs.readFile(current)
  await fs.writeFile(current, bytes)
  expect(await code(store.get('a'))).toBe('SECRET_STALE')
  await fs.rm(current)
  expect(await code(store.get('a'))).toBe('SECRET_ABSENT')
  await fs.writeFile(a, bytes)
  expect(await code(store.get('a'))).toBe('SECRET_STALE')
  expect(await store.get('b')).toEqual(Buffer.alloc(300, 2))
  await fs.writeFile(current, kept)
  expect(await store.get('a')).toEqual(Buffer.alloc(300, 3))
})

it('refuses the file of another vault as swapped', async () => {
  await store.set('a', Buffer.from('x'))
  const other = await fs.mkdtemp(path.join(os.tmpdir(), 'tpp-vault-'))
  const options = { folder: { path: other, disk: testDisk }, passphrase: async () => passphrase }
  await openVaultStore(options, cheap).set('a', Buffer.from('y'))
  const foreign = (await fs.readdir(other)).find((name) => name.startsWith('a.')) ?? ''
  await fs.copyFile(path.join(other, foreign), await sealed('a'))
  expect(await code(store.get('a'))).toBe('SECRET_SWAPPED')
  await fs.rm(other, { recursive: true })
})

it('never makes a new index or vault over a lost or damaged one, and opens from the copies', async () => {
  await store.set('a', Buffer.from('x'))
  for (const name of ['vault.json', 'index.sealed']) {
    const bytes = await fs.readFile(file(name))
    for (const content of [bytes.subarray(0, bytes.length >> 1), Buffer.alloc(0), null]) {
      await fs.rm(file(name))
      if (content) await fs.writeFile(file(name), content)
      const calls = [() => open().get('a'), () => open().set('b', Buffer.from('y')), () => open().delete('a')]
      for (const call of calls) {
        expect(await code(call())).toBe('DATA_DAMAGED')
      }
      expect(await fs.readFile(file(name)).catch(() => null)).toEqual(content)
      await fs.copyFile(file(`${name}.bak`), file(name))
      expect(await open().get('a')).toEqual(Buffer.from('x'))
    }
  }
})

it('refuses a header weakened, blown up or from a newer version, before deriving anything (K7)', async () => {
  await store.set('a', Buffer.from('x'))
  const header = await fs.readFile(file('vault.json'))
  const changes = [
    { N: 512 },
    { N: 2 ** 30 },
    { r: 4 },
    { r: 1_000 },
    { p: 0 },
    { p: 64 },
    { N: 3_000 },
    { kdf: 'md5' },
  ]
  for (const change of [...changes, { N: 2 ** 20, r: 16 }, { version: 0 }]) {
    await fs.writeFile(file('vault.json'), header)
    await changeHeader(change)
    const fresh = open()
    expect(await code(fresh.get('a')), JSON.stringify(change)).toBe('VAULT_REFUSED')
    expect(await fresh.probe()).toMatchObject({ state: 'failed' })
  }
  expect(asked).toBe(1)
  await fs.writeFile(file('vault.json'), header)
  await changeHeader({ version: 2 })
  expect(await code(open().get('a'))).toBe('DATA_NEWER')
  for (const change of [{ N: 2 ** 11 }, { salt: '0'.repeat(64) }, { id: '0'.repeat(32) }, { check: '0'.repeat(64) }]) {
    await fs.writeFile(file('vault.json'), header)
    await changeHeader(change)
    expect(await code(open().get('a')), JSON.stringify(change)).toBe('VAULT_PASSPHRASE_WRONG')
  }
})

it('is old or new after a crash at any point of a set, and whole after the next', async () => {
  for (let point = 0, crashed = true; crashed; point++) {
    await store.set('a', Buffer.from('old'))
    const disk = crashingDisk(point)
    await open(passphrase, disk)
      .set('a', Buffer.from('new'))
      .catch(() => undefined)
    crashed = disk.crashed()
    expect(['old', 'new']).toContain((await open().get('a'))?.toString())
  }
  await store.set('a', Buffer.from('last'))
  expect((await fs.readdir(folder)).filter((name) => name.startsWith('a.')).length).toBe(1)
})

it('can be made after a crash at any point of its making', async () => {
  for (let point = 0, crashed = true; crashed; point++) {
    await fs.rm(folder, { recursive: true, force: true })
    await fs.mkdir(folder)
    const disk = crashingDisk(point)
    await open(passphrase, disk)
      .set('a', Buffer.from('first'))
      .catch(() => undefined)
    crashed = disk.crashed()
    expect([null, 'first']).toContain((await open().get('a'))?.toString() ?? null)
    await open().set('a', Buffer.from('second'))
    expect((await open().get('a'))?.toString()).toBe('second')
  }
})

it('is not called damaged by who looks while another process makes it', async () => {
  const readFile = fs.readFile.bind(fs)
  let made = false
  // Between the look at the header and the look at its copy, the other one makes the vault.
  vi.spyOn(fs, 'readFile').mockImplementation((async (name: string) => {
    if (!made && name.endsWith('vault.json.bak')) {
      made = true
      await store.set('one', Buffer.from('x'))
    }
    return readFile(name)
  }) as never)
  try {
    expect(await open().probe()).toMatchObject({ state: 'locked' })
    expect(made).toBe(true)
  } finally {
    vi.restoreAllMocks()
  }
})

it('is shared by two processes without losing a secret', { timeout: 30_000 }, async () => {
  const code = (name: string): string => `
    import { openSecretStore } from '#core/secrets/open-secret-store.ts'
    import { testDisk } from './test/keyring/test-disk.ts'
    const store = openSecretStore({ choice: 'vault', folder: ${JSON.stringify(folder)}, disk: testDisk, passphrase: async () => ${JSON.stringify(passphrase)} })
    for (let n = 0; n < 10; n++) { await store.set('${name}-' + n, Buffer.from('x' + n)); await store.set('both', Buffer.from('${name}')) }`
  const script = (name: string): string[] => ['--input-type=module', '-e', code(name)]
  await Promise.all(['one', 'two'].map((name) => run(process.execPath, script(name), { cwd: root })))
  const options = { folder: { path: file('vault'), disk: testDisk }, passphrase: async () => passphrase }
  const shared = openVaultStore(options)
  for (const name of ['one', 'two']) {
    for (let n = 0; n < 10; n++) expect((await shared.get(`${name}-${n}`))?.toString()).toBe(`x${n}`)
  }
  expect(['one', 'two']).toContain((await shared.get('both'))?.toString())
})

it('takes the whole derivation for every wrong passphrase at release cost', { timeout: 30_000 }, async () => {
  // Processor time, not the clock: other tests share the cores.
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const start = process.cpuUsage()
    await work().catch(() => undefined)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }
  const made = await makeHeader(passphrase)
  const header = readHeader(Buffer.from(JSON.stringify(made.header)))
  const right = await timed(() => openHeader(header, passphrase))
  expect(right).toBeGreaterThan(50)
  for (let n = 0; n < 3; n++) {
    const wrong = randomBytes(9).toString('hex')
    expect(await timed(() => openHeader(header, wrong))).toBeGreaterThan(right * 0.5)
  }
  expect(() => readHeader(Buffer.from(JSON.stringify({ ...made.header, N: 2 ** 16 })))).toThrow('N is 65536')
})
