/** The key that seals the bodies of the history: made with the first of them, kept in the key store, held until `forget`. */
import { createSecretKey, randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault, type FaultCode, isFault } from '#shared/fault.ts'
import { withProcessLock } from '../files/process-lock.ts'
import type { SecretStore, StoreReport } from '../secrets/secret-store.ts'
import type { DataKey } from './sealed-content.ts'

export interface HistoryKey {
  /** Makes the key where there is none. Asks nobody to unlock a keychain: an answer of a bank waits for this. @throws Fault of the key store */
  toSeal(): Promise<DataKey>
  /** null: the key store has none. May ask for the key store to be unlocked. @throws Fault of the key store */
  toOpen(): Promise<DataKey | null>
  /** As `toSeal`; the code of the fault where there is no key to be had. */
  orReason(): Promise<DataKey | string>
  /** What is in memory now. */
  held(): DataKey | null
  forget(): void
}

const secretName = 'history-key'
const idLength = 8
const keyLength = 32
/** How long writing an exchange waits for a key store that does not answer. Milliseconds. */
const patience = 3000
/** How long it waits for another process that is making the key: that one is alive and needs a moment. Milliseconds. */
const turnPatience = 15_000

const codeOf: Record<Exclude<StoreReport['state'], 'ready'>, FaultCode> = {
  absent: 'KEYCHAIN_ABSENT',
  locked: 'KEYCHAIN_LOCKED',
  denied: 'KEYCHAIN_DENIED',
  failed: 'KEYCHAIN_FAILED',
}

/** Why history has no bodies of an exchange, by the fault that kept them out. */
export function whyNoBodies(code: string): string {
  if (/LOCKED|PASSPHRASE|CANCELLED/.test(code)) return 'the key store is locked'
  if (/ABSENT/.test(code)) return 'there is no key store that can be reached'
  if (/DENIED/.test(code)) return 'the key store refused access'
  return 'the key store could not be used'
}

function readKey(secret: Buffer): DataKey {
  try {
    if (secret.length !== idLength + keyLength)
      throw new Fault('SECRET_DAMAGED', 'The key of the history in the key store is damaged.', { id: secretName })
    return {
      id: Buffer.from(secret.subarray(0, idLength)),
      key: createSecretKey(secret.subarray(idLength)),
    }
  } finally {
    secret.fill(0)
  }
}

/** A vault that is locked may have its passphrase at hand; a keychain would put a prompt on the screen. */
function refuseUnlessReady({ state, name, message }: StoreReport): void {
  if (state === 'ready' || (state === 'locked' && name === 'vault')) return
  throw new Fault(codeOf[state], message)
}

/** @param secrets null: there is no key store. @param lockFile path of the lock under which the key is made. */
export function createHistoryKey(secrets: SecretStore | null, lockFile: string): HistoryKey {
  if (secrets === null) return noKey
  return keyIn(secrets, lockFile)
}

const absent = (): Promise<never> => Promise.reject(new Fault('KEYCHAIN_ABSENT'))
const noKey: HistoryKey = {
  toSeal: absent,
  toOpen: absent,
  orReason: () => Promise.resolve('KEYCHAIN_ABSENT'),
  held: () => null,
  forget() {},
}

function keyIn(secrets: SecretStore, lockFile: string): HistoryKey {
  let held: DataKey | null = null
  let turn = 0
  let asking: Promise<DataKey> | null = null

  const keep = (key: DataKey, asked: number): DataKey => {
    // Locked while we asked: this one call may end, the next one asks again.
    if (asked === turn) held = key
    return key
  }
  const read = async (signal?: AbortSignal): Promise<DataKey | null> => {
    const asked = turn
    const secret = await secrets.get(secretName, signal === undefined ? {} : { signal })
    return secret === null ? null : keep(readKey(secret), asked)
  }
  /** Two processes may write their first exchange at once: one of them makes the key. */
  const make = async (): Promise<DataKey> => {
    await mkdir(dirname(lockFile), { recursive: true, mode: 0o700 })
    return withProcessLock(lockFile, 'the key of the history', { timeoutMilliseconds: turnPatience }, async () => {
      const known = await read()
      if (known !== null) return known
      const asked = turn
      const secret = randomBytes(idLength + keyLength)
      await secrets.set(secretName, secret)
      return keep(readKey(secret), asked)
    })
  }
  const ask = async (): Promise<DataKey> => {
    refuseUnlessReady(await secrets.probe())
    return (await read(AbortSignal.timeout(patience))) ?? make()
  }
  const toSeal = async (): Promise<DataKey> => {
    if (held !== null) return held
    asking ??= ask().finally(() => {
      asking = null
    })
    return asking
  }
  return {
    toSeal,
    toOpen: async () => held ?? read(),
    // Whatever is wrong with the key store, the exchange itself is kept.
    orReason: () => toSeal().catch((error: unknown) => (isFault(error) ? error.code : 'KEYCHAIN_FAILED')),
    held: () => held,
    forget() {
      turn += 1
      held = null
      asking = null
    },
  }
}
