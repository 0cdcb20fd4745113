/** Keeps secrets in the keychain of the operating system, and what is too large for it in files whose keys are there. */

import { randomBytes } from 'node:crypto'
import { Fault, isFault } from '#shared/fault.ts'
import {
  type EntryFactory,
  hasDisplay,
  type KeychainCall,
  type KeychainEntry,
  keychainCalls,
} from './keychain-calls.ts'
import { keychainFault, keychainName, keychainReport } from './keychain-fault.ts'
import { type FileKey, subkey } from './sealed-file.ts'
import { clearOthers, exclusively, missingFile, readSealed, sealedFiles, writeSealed } from './sealed-folder.ts'
import { secretServiceState, unlockSecretService } from './secret-service.ts'
import {
  checkSecret,
  type SecretFolder,
  type SecretOptions,
  type SecretStore,
  type StoreReport,
} from './secret-store.ts'

export interface KeychainOptions {
  readonly folder: SecretFolder
  /** How long one call may take, a prompt included, in milliseconds; 120,000 unless told. */
  readonly deadlineMilliseconds?: number
  /** The keychain's name for us; `tpp-workbench` unless told. */
  readonly service?: string
}

/** Windows holds 2,560 bytes per entry; PKCS#8 DER of RSA-4096 is 2,374. */
const largestEntry = 2_400
const pointerMagic = Buffer.from('TPPSEALED\x01', 'latin1')
const storeName = Buffer.from('tpp-keychain-001', 'latin1')

/** What an entry holds when the secret itself is in a file: which file, and its key. */
interface Pointer {
  readonly generation: Buffer
  readonly key: Buffer
}

/** @param makeEntry for tests: another keychain than the machine's, which is then not asked for its state first. */
export function openKeychainStore(keychain: KeychainOptions, makeEntry?: EntryFactory): SecretStore {
  const { folder } = keychain
  const isSecretService = process.platform === 'linux' && makeEntry === undefined
  const factory = makeEntry ?? systemEntry(keychain.service ?? 'tpp-workbench')
  const call = keychainCalls(factory, keychain.deadlineMilliseconds ?? 120_000)

  return {
    kind: 'keychain',
    async get(id, { signal } = {}) {
      checkSecret(id)
      return read(folder, call, id, signal)
    },
    async set(id, secret, options = {}) {
      checkSecret(id, secret)
      if (fitsEntry(secret)) {
        await writeEntry(call, id, secret, options)
        return tidy(folder, call, id, options)
      }
      await setLarge(folder, call, id, secret, options)
    },
    async delete(id, options = {}) {
      checkSecret(id)
      const existed = await call(id, options.signal, (entry) => entry.deleteCredential())
      await tidy(folder, call, id, options)
      return existed
    },
    async probe() {
      const ready = { state: 'ready', name: keychainName, message: 'The keychain is ready.', remedy: null } as const
      const { state } = isSecretService ? await secretServiceState() : ({ state: 'unknown' } as const)
      if (state === 'ready') return ready
      if (state !== 'unknown') return keychainReport(state)
      // Elsewhere an entry that never exists is read: it finds a dead keychain, and no system prompts for nothing.
      const asked = call('probe-never-stored', undefined, (entry) => entry.getSecret())
      return asked.then(
        () => ready,
        (error: unknown) => ({ ...keychainReport('failed'), ...reportOf(error) }),
      )
    },
    // Nothing is kept between calls: each one asks the keychain anew.
    lock() {},
  }
}

/** An empty secret is sealed too: not every keychain tells it from none. So is one that looks like a pointer. */
const fitsEntry = (secret: Uint8Array): boolean =>
  secret.length > 0 && secret.length <= largestEntry && !pointerMagic.equals(secret.subarray(0, pointerMagic.length))

async function read(
  folder: SecretFolder,
  call: KeychainCall,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Buffer | null> {
  let before: Buffer | null = null
  // Between our reading of the entry and of its file another process may have replaced both: then the entry has changed.
  for (;;) {
    const entry = await call(id, signal, readEntry)
    const pointer = entry && asPointer(entry)
    if (!pointer) return entry
    const gone = before?.equals(pointer.generation)
    before = Buffer.from(pointer.generation)
    try {
      const secret = await readSealed(folder, { store: storeName, id, generation: before }, fileKey(pointer))
      if (secret) return secret
    } finally {
      entry.fill(0)
    }
    if (gone) throw await missingFile(folder, id)
  }
}

/** File first, entry second, old files last: at every moment the entry points at a file that is there. */
async function setLarge(
  folder: SecretFolder,
  call: KeychainCall,
  id: string,
  secret: Uint8Array,
  options: SecretOptions,
): Promise<void> {
  const pointer = { generation: randomBytes(16), key: randomBytes(32) }
  const entryBytes = Buffer.concat([pointerMagic, pointer.generation, pointer.key])
  try {
    await exclusively(folder, options, async () => {
      await writeSealed(folder, { store: storeName, id, generation: pointer.generation }, secret, fileKey(pointer))
      await writeEntry(call, id, entryBytes, options)
      await clearOthers(folder, id, pointer.generation)
    })
  } finally {
    pointer.key.fill(0)
    entryBytes.fill(0)
  }
}

/** Removes files no entry points at. The entry is read again under the lock: another process may have set it meanwhile. */
async function tidy(folder: SecretFolder, call: KeychainCall, id: string, options: SecretOptions): Promise<void> {
  if ((await sealedFiles(folder, id)).length === 0) return
  await exclusively(folder, options, async () => {
    const entry = await call(id, options.signal, readEntry)
    await clearOthers(folder, id, (entry && asPointer(entry)?.generation) ?? null)
    entry?.fill(0)
  })
}

function asPointer(entry: Buffer): Pointer | null {
  const at = pointerMagic.length
  if (entry.length !== at + 48 || !pointerMagic.equals(entry.subarray(0, at))) return null
  return { generation: entry.subarray(at, at + 16), key: entry.subarray(at + 16) }
}

const fileKey =
  (pointer: Pointer): FileKey =>
  (salt) =>
    subkey(pointer.key, salt, 'keychain file')

/** Of a copy, because after a deadline or a cancellation the caller overwrites its bytes while the library still reads them. */
async function writeEntry(call: KeychainCall, id: string, secret: Uint8Array, options: SecretOptions): Promise<void> {
  const copy = Buffer.alloc(secret.length)
  copy.set(secret)
  await call(id, options.signal, (entry) => entry.setSecret(copy).finally(() => copy.fill(0)))
}

async function readEntry(entry: KeychainEntry): Promise<Buffer | null> {
  const boxed = await entry.getSecret()
  if (boxed === null) return null
  // Not Buffer.from: that would put small secrets into a pool shared with everything else.
  const secret = Buffer.alloc(boxed.length)
  secret.set(boxed)
  boxed.fill(0)
  return secret
}

function reportOf(error: unknown): Partial<StoreReport> {
  if (!isFault(error)) return {}
  const states = { KEYCHAIN_ABSENT: 'absent', KEYCHAIN_LOCKED: 'locked', KEYCHAIN_DENIED: 'denied' } as const
  const state = states[error.code as keyof typeof states] ?? 'failed'
  return { state, message: error.message }
}

/**
 * `keytar` is an alias of its maintained successor @napi-rs/keyring (see package.json). The plain name, not
 * 'keytar/keytar.js': that one stores strings only. On Linux the store is pinned: unpinned the library falls back to the
 * kernel's keyring, which is memory with a quota of 20 kB and empty after a restart.
 */
const systemEntry = (service: string): EntryFactory => {
  let readyAt = Number.NEGATIVE_INFINITY
  return async (account, signal) => {
    // A call needs three secrets within a moment: the question is asked once for them.
    if (process.platform === 'linux' && performance.now() - readyAt > staysReady) {
      await makeReady(signal)
      readyAt = performance.now()
    }
    const { AsyncEntry } = await import('keytar').catch((error: unknown) => {
      throw new Fault(
        'KEYCHAIN_FAILED',
        'The keychain library does not load on this system. Choose the vault: TPP_SECRETS=vault.',
        {},
        error,
      )
    })
    return new AsyncEntry(service, account, { linux: { store: 'secret-service' } })
  }
}

/** For how long an answer of the Secret Service that it is unlocked is taken for true. Milliseconds. */
const staysReady = 250

/** What the library would do worse: find out that nobody answers without blocking, and wait for a prompt that can be given up. */
async function makeReady(signal: AbortSignal): Promise<void> {
  const { state, detail } = await secretServiceState()
  if (state === 'ready' || state === 'unknown') return
  if (state !== 'locked') throw keychainFault(state, new Error(detail))
  if (!(await unlockSecretService(detail, signal))) throw keychainFault(hasDisplay() ? 'dismissed' : 'locked')
}
