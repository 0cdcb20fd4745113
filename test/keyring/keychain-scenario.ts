/** Run inside a private keyring: `keychain-scenario.ts <scenario> <folder>` does one thing with the real keychain and prints JSON. */

import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSecretStore } from '#core/secrets/open-secret-store.ts'
import { isFault } from '#shared/fault.ts'
import { testDisk } from './test-disk.ts'

const [scenario = '', folder = '', ...rest] = process.argv.slice(2)
const deadlineMilliseconds = scenario === 'prompt' ? 300 : 10_000
const passphrase = async () => 'correct horse battery staple'
const choice = process.env.TEST_STORE === 'vault' ? 'vault' : 'keychain'
const store = openSecretStore({ choice, folder, disk: testDisk, passphrase, deadlineMilliseconds })

/** Bytes of every value, the same for the same length. */
const bytes = (length: number, first = 0): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => (first + index * 7) & 0xff))

const tell = async (work: Promise<unknown>): Promise<unknown> => {
  const start = performance.now()
  const took = () => Math.round(performance.now() - start)
  try {
    const value = await work
    return { value: Buffer.isBuffer(value) ? value.length : (value ?? null), ms: took() }
  } catch (error) {
    return isFault(error) ? { code: error.code, message: error.message, ms: took() } : { bug: String(error) }
  }
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0

const scenarios: Record<string, () => Promise<unknown>> = {
  async roundTrips() {
    const sizes = [0, 1, 200, 2_374, 2_400, 2_401, 5_000]
    const secrets: Record<string, Buffer> = Object.fromEntries(sizes.map((size) => [`size-${size}`, bytes(size)]))
    secrets.zeros = Buffer.alloc(64)
    secrets.ones = Buffer.alloc(64, 255)
    secrets.pointer = Buffer.concat([Buffer.from('TPPSEALED\x01', 'latin1'), bytes(48)])
    const same: Record<string, boolean> = {}
    for (const [id, secret] of Object.entries(secrets)) {
      await store.set(id, secret)
      same[id] = (await store.get(id))?.equals(secret) ?? false
    }
    return { same, files: await fs.readdir(`${folder}/keychain`) }
  },
  async replaceAndDelete() {
    const sizes = [200, 5_000, 6_000, 200]
    const read: unknown[] = []
    for (const size of sizes) {
      await store.set('one', bytes(size, size))
      read.push((await store.get('one'))?.equals(bytes(size, size)))
    }
    await store.set('large', bytes(5_000))
    const deleted = [await store.delete('one'), await store.delete('large'), await store.delete('one')]
    const after = [await store.get('one'), await store.get('large')]
    const files = (await fs.readdir(`${folder}/keychain`)).filter((name) => name.endsWith('.sealed'))
    return { read, deleted, after, files }
  },
  async parallel() {
    const ids = Array.from({ length: 20 }, (_, index) => index)
    const size = (index: number): number => (index % 4 === 0 ? 3_000 : 100) + index
    await Promise.all(ids.map((index) => store.set(`p-${index}`, bytes(size(index), index))))
    const read = await Promise.all(ids.map((index) => store.get(`p-${index}`)))
    return ids.every((index) => read[index]?.equals(bytes(size(index), index)))
  },
  async outcomes() {
    const beat = heartbeat()
    const result = {
      probe: await store.probe(),
      existing: await tell(store.get('kept')),
      large: await tell(store.get('kept-large')),
      none: await tell(store.get('never-stored')),
      set: await tell(store.set('new', bytes(100))),
      delete: await tell(store.delete('kept')),
    }
    return { ...result, longestStall: beat(), keys: await fs.readFile('/proc/keys', 'utf8').catch(() => null) }
  },
  async silent() {
    const beat = heartbeat()
    return { probe: await store.probe(), existing: await tell(store.get('kept')), longestStall: beat() }
  },
  async keep() {
    await store.set('kept', bytes(2_374, 3))
    await store.set('kept-large', bytes(5_000, 4))
    return { probe: await store.probe(), keys: await fs.readFile('/proc/keys', 'utf8').catch(() => null) }
  },
  async kept() {
    const read = [await store.get('kept'), await store.get('kept-large')]
    return read.map((secret) => secret && createHash('sha256').update(secret).digest('hex'))
  },
  async prompt() {
    const beat = heartbeat()
    const waiting = await tell(store.get('kept'))
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 50)
    const cancelled = await tell(store.set('kept', bytes(10), { signal: controller.signal }))
    const others = await tell(fs.readdir(folder).then(() => sleep(100)))
    return { waiting, cancelled, others, probe: await store.probe(), longestStall: beat() }
  },
  async canary() {
    const canary = Buffer.from(rest[0] ?? '', 'hex')
    await store.set('small', canary)
    await store.set('large', Buffer.concat(Array(60).fill(canary)))
    await store.set('small', canary)
    return [(await store.get('small'))?.equals(canary), (await store.get('large'))?.length]
  },
  async timings() {
    const times = async (count: number, work: (index: number) => Promise<unknown>): Promise<number> => {
      const each: number[] = []
      for (let index = 0; index < count; index++) {
        const start = performance.now()
        await work(index)
        each.push(performance.now() - start)
      }
      return Math.round(median(each) * 100) / 100
    }
    const first = await times(1, () => store.get('t'))
    return {
      first,
      set: await times(15, () => store.set('t', bytes(2_374))),
      get: await times(15, () => store.get('t')),
      setLarge: await times(15, () => store.set('l', bytes(5_000))),
      getLarge: await times(15, () => store.get('l')),
      probe: await times(15, () => store.probe()),
    }
  },
}

/** @returns a function that tells the longest time, in milliseconds, the event loop stood still. */
function heartbeat(): () => number {
  let last = performance.now()
  let longest = 0
  const note = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  const timer = setInterval(note, 5)
  return () => {
    note()
    clearInterval(timer)
    return Math.round(longest)
  }
}

const result = await (scenarios[scenario] ?? (() => Promise.reject(new Error(`no scenario ${scenario}`))))()
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0))
