import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { crashingDisk } from '../../test/keyring/crashing-disk.ts'
import { testDisk } from '../../test/keyring/test-disk.ts'
import type { EntryFactory, KeychainEntry } from './keychain-calls.ts'
import { translate } from './keychain-fault.ts'
import { openKeychainStore } from './keychain-store.ts'
import type { SecretDisk, SecretStore } from './secret-store.ts'

let folder: string
let entries: Map<string, Buffer>
let store: SecretStore
/** A keychain as small as Windows' and as literal as the library: bytes in, boxed numbers out. */
const small: EntryFactory = async (account): Promise<KeychainEntry> => ({
  async setSecret(secret) {
    if (secret.length > 2_560) throw new Error('Attribute is longer than the platform limit of 2560 chars')
    entries.set(account, Buffer.from(secret))
  },
  getSecret: async () => (entries.has(account) ? [...(entries.get(account) ?? [])] : null),
  deleteCredential: async () => entries.delete(account),
})
const open = (disk: SecretDisk = testDisk, factory = small): SecretStore =>
  openKeychainStore({ folder: { path: folder, disk } }, factory)

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tpp-keychain-'))
  entries = new Map()
  store = open()
})
afterEach(() => fs.rm(folder, { recursive: true, force: true }))

const sealed = async (id: string): Promise<string> => {
  const name = (await fs.readdir(folder)).find((file) => file.startsWith(`${id}.`) && file.endsWith('.sealed'))
  return path.join(folder, name ?? 'none')
}
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was thrown',
    (error: { code: string }) => error.code,
  )

it('keeps every RSA key in one entry of at most 2,560 bytes, as its PKCS#8 DER and nothing else (K4)', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 })
  const der = privateKey.export({ type: 'pkcs8', format: 'der' })
  await store.set('key', der)
  expect(entries.get('key')).toEqual(der)
  expect(await store.get('key')).toEqual(der)
  expect(await fs.readdir(folder)).toEqual([])
})

it('brings back any bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 6_000, size: 'max' }), async (secret) => {
      await store.set('any', secret)
      expect(await store.get('any')).toEqual(Buffer.from(secret))
    }),
    { numRuns: 40 },
  )
  expect((await fs.readdir(folder)).length).toBeLessThanOrEqual(2)
})

it('tells damage, a swap, a rollback and a loss of a sealed file apart, and touches nothing (K3)', async () => {
  await store.set('a', Buffer.alloc(3_000, 1))
  await store.set('b', Buffer.alloc(3_000, 2))
  const [a, b] = [await sealed('a'), await sealed('b')]
  const bytes = await fs.readFile(a)
  for (const at of [0, 10, 30, 50, 75, 84, 85, 90, 200, bytes.length - 1]) {
    const flipped = Buffer.from(bytes)
    flipped[at] = (flipped[at] ?? 0) ^ 4
    await fs.writeFile(a, flipped)
    expect(await code(store.get('a')), `byte ${at}`).toBe('SECRET_DAMAGED')
    expect(await fs.readFile(a)).toEqual(flipped)
  }
  await fs.writeFile(a, bytes.subarray(0, 20))
  expect(await code(store.get('a'))).toBe('SECRET_DAMAGED')
  await fs.copyFile(b, a)
  expect(await code(store.get('a'))).toBe('SECRET_SWAPPED')
  await fs.writeFile(a, bytes)
  await store.set('a', Buffer.alloc(3_000, 3))
  const current = await sealed('a')
  const kept = await fs.readFile(current)
  await fs.writeFile(current, bytes)
  expect(await code(store.get('a'))).toBe('SECRET_STALE')
  await fs.rename(current, a)
  expect(await code(store.get('a'))).toBe('SECRET_STALE')
  await fs.rm(a)
  expect(await code(store.get('a'))).toBe('SECRET_ABSENT')
  await fs.writeFile(current, kept)
  expect(await store.get('a')).toEqual(Buffer.alloc(3_000, 3))
})

it.each([
  [3_000, 4_000],
  [3_000, 100],
  [100, 3_000],
])('is old or new after a crash at any point: %i to %i bytes', async (before, after) => {
  const [old, fresh] = [Buffer.alloc(before, 1), Buffer.alloc(after, 2)]
  for (let point = 0, crashed = true; crashed; point++) {
    await store.delete('a')
    await store.set('a', old)
    const disk = crashingDisk(point)
    await open(disk)
      .set('a', fresh)
      .catch(() => undefined)
    crashed = disk.crashed()
    expect([old, fresh]).toContainEqual(await store.get('a'))
  }
  await store.set('a', fresh)
  expect(await store.get('a')).toEqual(fresh)
  expect((await fs.readdir(folder)).filter((name) => name.endsWith('.sealed')).length).toBe(after > 2_400 ? 1 : 0)
})

it('stores nothing and says so when an entry is too large for the keychain or the store', async () => {
  const tiny: EntryFactory = async (account, signal) => ({
    ...(await small(account, signal)),
    setSecret: () => Promise.reject(new Error('Attribute is longer than the platform limit of 100 chars')),
  })
  expect(await code(open(testDisk, tiny).set('a', Buffer.alloc(200)))).toBe('SECRET_TOO_LARGE')
  expect(await code(store.set('a', Buffer.alloc(1024 * 1024 + 1)))).toBe('SECRET_TOO_LARGE')
  expect(await store.get('a')).toBeNull()
})

it.each(['', '../up', 'a/b', 'a:b', '.hidden', 'x'.repeat(101), '__proto__'])('refuses the id "%s"', async (id) => {
  expect(await code(store.get(id))).toBe('INPUT_INVALID')
})

describe('a call nobody waits for any more', () => {
  it('overwrites what is still read and does not harm what is still written', async () => {
    const gate = Promise.withResolvers<void>()
    const boxed: number[][] = []
    const slow: EntryFactory = async (account, signal) => ({
      ...(await small(account, signal)),
      async getSecret() {
        await gate.promise
        boxed.push(Array(32).fill(7))
        return boxed[0] ?? null
      },
      async setSecret(secret) {
        await gate.promise
        entries.set(account, Buffer.from(secret))
      },
    })
    const waiting = openKeychainStore({ folder: { path: folder, disk: testDisk }, deadlineMilliseconds: 30 }, slow)
    expect(await code(waiting.get('a'))).toBe('KEYCHAIN_LOCKED')
    gate.resolve()
    await sleep(10)
    expect(boxed[0]).toEqual(Array(32).fill(0))

    const late = Promise.withResolvers<void>()
    const stuck: EntryFactory = async (account) => ({
      ...(await small(account, new AbortController().signal)),
      setSecret: (secret) => late.promise.then(() => void entries.set(account, Buffer.from(secret))),
    })
    const secret = randomBytes(100)
    const expected = Buffer.from(secret)
    const set = openKeychainStore({ folder: { path: folder, disk: testDisk } }, stuck)
    expect(await code(set.set('b', secret, { signal: AbortSignal.timeout(20) }))).toBe('CANCELLED')
    secret.fill(0)
    late.resolve()
    await sleep(10)
    expect(entries.get('b')).toEqual(expected)
  })

  it('is not made at all when it was cancelled before its turn', async () => {
    const signal = AbortSignal.abort()
    expect(await code(store.set('a', Buffer.from('x'), { signal }))).toBe('CANCELLED')
    await sleep(5)
    expect(entries.size).toBe(0)
  })
})

it.each([
  ['Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled', true, 'KEYCHAIN_ABSENT'],
  ['Platform failure: DBus error: Rejected send message, 2 matched rules', true, 'KEYCHAIN_DENIED'],
  ['Platform failure: DBus error: Did not receive a reply.', true, 'KEYCHAIN_FAILED'],
  ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", false, 'KEYCHAIN_LOCKED'],
  ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", true, 'KEYCHAIN_DENIED'],
  ["Couldn't access platform storage: Secret Service: no result found", true, 'KEYCHAIN_ABSENT'],
  ['User interaction is not allowed.', true, 'KEYCHAIN_LOCKED'],
  ['something new', true, 'KEYCHAIN_FAILED'],
])('reads "%s" (display: %s) as %s', (text, hasDisplay, expected) => {
  expect(translate(new Error(text), hasDisplay).code).toBe(expected)
})
