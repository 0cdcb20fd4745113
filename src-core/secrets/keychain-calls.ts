/** Makes calls to the keychain library one at a time, each with a deadline, and speaks of its failures as faults. */

import { Fault } from '#shared/fault.ts'
import { keychainFault, translate } from './keychain-fault.ts'

/** The part of the library's AsyncEntry we use; getSecret boxes every byte as a number. */
export interface KeychainEntry {
  setSecret(secret: Uint8Array): Promise<void>
  getSecret(): Promise<number[] | null>
  deleteCredential(): Promise<boolean>
}

/** Makes the entry of one account; may throw what the library throws. `signal`: nobody waits for it any more. */
export type EntryFactory = (account: string, signal: AbortSignal) => Promise<KeychainEntry>

export type KeychainCall = <T>(
  account: string,
  signal: AbortSignal | undefined,
  action: (entry: KeychainEntry) => Promise<T>,
) => Promise<T>

/** A prompt is shown by the system where there is a display; only Linux runs without one. */
export const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/**
 * One at a time, so that there is one prompt at a time, and because a call of the library that waits holds one of the four
 * threads that also read files. The library cannot give up a call it has started: after the deadline it keeps waiting behind
 * our back; what it then still reads is overwritten, what it then still writes is written.
 */
export function keychainCalls(makeEntry: EntryFactory, deadlineMilliseconds: number): KeychainCall {
  let last: Promise<unknown> = Promise.resolve()
  return async (account, signal, action) => {
    if (signal?.aborted) throw cancelled()
    const abandoned = new AbortController()
    const work = async () => {
      abandoned.signal.throwIfAborted()
      const entry = await makeEntry(account, abandoned.signal)
      abandoned.signal.throwIfAborted()
      const result = await action(entry)
      if (abandoned.signal.aborted && Buffer.isBuffer(result)) result.fill(0)
      return result
    }
    const result = last.then(work, work)
    last = result.catch(() => undefined)
    try {
      return await before(result, deadlineMilliseconds, signal)
    } catch (error) {
      abandoned.abort()
      throw translate(error, hasDisplay())
    }
  }
}

const cancelled = (): Fault => new Fault('CANCELLED', 'Waiting for the keychain was cancelled.')

async function before<T>(work: Promise<T>, deadlineMilliseconds: number, signal: AbortSignal | undefined): Promise<T> {
  const stop = Promise.withResolvers<never>()
  const cancel = (): void => stop.reject(cancelled())
  const timer = setTimeout(() => stop.reject(keychainFault('waiting')), deadlineMilliseconds)
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    return await Promise.race([work, stop.promise])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}
