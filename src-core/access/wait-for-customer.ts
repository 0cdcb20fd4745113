/** Waits for the customer's way back: at a loopback address, or for the address their browser ended on to be pasted. */
import { Fault, isFault } from '#shared/fault.ts'
import type { CallbackAuthority } from './callback-authority.ts'
import { type CallbackListener, type Judge, listenForCallback } from './callback-listener.ts'
import type { RunningFlows } from './running-flows.ts'

export interface WaitParts {
  readonly running: RunningFlows
  readonly authority: CallbackAuthority
  now(): number
}

/** What is waited for. */
export interface Return {
  readonly flow: string
  readonly redirectUri: string
  readonly judge: Judge
  /** Milliseconds. */
  readonly timeout: number
  readonly signal: AbortSignal
  /** Ends the wait, and with it the flow. */
  stop(): void
}

export interface Wait extends CallbackListener {
  readonly how: 'listening' | 'paste'
  readonly warning: string | null
}

type Place = 'http' | 'https' | 'elsewhere'

function placeOf(redirectUri: string): Place {
  const url = URL.parse(redirectUri)
  if (url?.protocol === 'http:' && url.hostname === '127.0.0.1') return 'http'
  if (url?.protocol === 'https:' && ['localhost', '127.0.0.1'].includes(url.hostname)) return 'https'
  return 'elsewhere'
}

/** The registered address that suits this machine best (RFC 8252 section 7.3), or the one that was named. */
export function chooseCallback(registered: readonly string[], named: string | undefined): string {
  if (named !== undefined) {
    if (registered.includes(named)) return named
    throw new Fault(
      'INPUT_INVALID',
      `The callback ${named} is none of the registered ones (${registered.join(', ')}). Banks compare it letter by letter.`,
      { field: 'callback', registered },
    )
  }
  const usable = registered.filter((uri) => URL.canParse(uri))
  const best = (['http', 'https', 'elsewhere'] as const)
    .map((place) => usable.find((uri) => placeOf(uri) === place))
    .find((uri) => uri !== undefined)
  if (best !== undefined) return best
  throw new Fault('ACCESS_CALLBACK', 'No callback is registered that is an address.', { callbackUris: registered })
}

/** Nothing can listen there: only a pasted address, the time or the signal end the wait. */
function silence(timeout: number, signal: AbortSignal): CallbackListener {
  const { promise, reject } = Promise.withResolvers<URLSearchParams>()
  promise.catch(() => {})
  const cancel = () => reject(new Fault('CANCELLED', 'The authorisation was cancelled.'))
  const timer = setTimeout(() => {
    const seconds = Math.round(timeout / 1000)
    reject(
      new Fault(
        'ACCESS_TIMEOUT',
        `Nobody pasted the address of the callback within ${seconds} s. Resume it, or start again.`,
      ),
    )
  }, timeout)
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  return {
    callback: promise,
    close: async () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', cancel)
    },
  }
}

/** Exactly the registered address (RFC 9700 section 2.1); what a browser appends is the answer. */
export function pastedParameters(text: string, redirectUri: string): URLSearchParams {
  const url = URL.parse(text.trim())
  const expected = new URL(redirectUri)
  if (url !== null && url.origin === expected.origin && url.pathname === expected.pathname) return url.searchParams
  throw new Fault(
    'ACCESS_CALLBACK',
    `That is not an address below ${redirectUri}. Paste the whole address the browser shows after the bank sent the customer back.`,
    { callbackUri: redirectUri },
  )
}

export async function waitForCustomer(wanted: Return, parts: WaitParts): Promise<Wait> {
  const { flow, redirectUri, judge, timeout, signal } = wanted
  const place = placeOf(redirectUri)
  const certificate = place === 'https' ? await parts.authority.issue(parts.now()) : undefined
  const listener =
    place === 'elsewhere'
      ? silence(timeout, signal)
      : await listenForCallback(redirectUri, judge, timeout, signal, certificate)
  const pasted = Promise.withResolvers<URLSearchParams>()
  parts.running.add(flow, {
    stop: wanted.stop,
    paste(text) {
      const parameters = pastedParameters(text, redirectUri)
      try {
        judge(parameters)
      } catch (fault) {
        // A refusal by the bank is its answer; anything else may be the wrong address, and the right one still comes.
        if (isFault(fault) && fault.code === 'ACCESS_DENIED') pasted.reject(fault)
        throw fault
      }
      pasted.resolve(parameters)
      void listener.close()
    },
  })
  const callback = Promise.race([listener.callback, pasted.promise])
  callback.catch(() => {})
  return {
    how: place === 'elsewhere' ? 'paste' : 'listening',
    warning:
      certificate === undefined
        ? null
        : `The browser will warn that the connection to ${new URL(redirectUri).host} is not trusted: the certificate comes from the workbench on this machine. Go on if it was issued by "TPP Workbench on this machine" with the SHA-256 fingerprint ${certificate.fingerprint}.`,
    callback,
    async close() {
      parts.running.remove(flow)
      await listener.close()
    },
  }
}
