/** Turns what a keychain says into one of its faults: absent, locked, denied and failed each have their own sentence and remedy. */

import { Fault, type FaultCode } from '#shared/fault.ts'
import type { ServiceState } from './secret-service.ts'
import type { StoreReport } from './secret-store.ts'

const vaultInstead = 'or choose the vault: TPP_SECRETS=vault'
export const keychainName =
  { darwin: 'macOS Keychain', win32: 'Windows Credential Manager' }[process.platform as string] ??
  'Secret Service keyring'

type Trouble = Exclude<ServiceState, 'ready' | 'unknown'> | 'dismissed' | 'waiting' | 'full' | 'failed'
interface Sentence {
  readonly code: FaultCode
  readonly state: Exclude<StoreReport['state'], 'ready'>
  readonly message: string
  readonly remedy: string
}

const sentence = (code: FaultCode, state: Sentence['state'], message: string, remedy: string): Sentence => ({
  code,
  state,
  message,
  remedy,
})

const sentences: Record<Trouble, Sentence> = {
  absent: sentence(
    'KEYCHAIN_ABSENT',
    'absent',
    'No keychain can be reached: this session has no Secret Service.',
    `Start a keyring such as GNOME Keyring in this session ${vaultInstead}.`,
  ),
  homeless: sentence(
    'KEYCHAIN_ABSENT',
    'absent',
    'The keyring service runs but has no default keyring, so there is nothing to read from or write to.',
    `Create a default keyring (in "Passwords and Keys", or by signing in to the desktop once) ${vaultInstead}.`,
  ),
  locked: sentence('KEYCHAIN_LOCKED', 'locked', 'The keychain is locked.', 'Unlock it, then try again.'),
  waiting: sentence(
    'KEYCHAIN_LOCKED',
    'locked',
    'The keychain is locked: its prompt was not answered in time.',
    'Try again and answer the prompt; it may be behind another window.',
  ),
  dismissed: sentence(
    'KEYCHAIN_DENIED',
    'denied',
    'The keychain refused access: its prompt was dismissed.',
    'Try again and answer the prompt.',
  ),
  denied: sentence(
    'KEYCHAIN_DENIED',
    'denied',
    'The keychain refused access: a policy of this system does not let the workbench talk to it.',
    `Allow it (a sandbox such as Flatpak or Snap, or a D-Bus policy, decides) ${vaultInstead}.`,
  ),
  silent: sentence(
    'KEYCHAIN_FAILED',
    'failed',
    'The keychain is there and does not answer.',
    `Restart the keyring service or the session ${vaultInstead}.`,
  ),
  full: sentence(
    'SECRET_TOO_LARGE',
    'failed',
    'The secret is larger than the keychain takes. Nothing was stored.',
    'Choose the vault: TPP_SECRETS=vault.',
  ),
  failed: sentence(
    'KEYCHAIN_FAILED',
    'failed',
    'The keychain could not do what was asked.',
    `Check it with the tools of this system ${vaultInstead}.`,
  ),
}

export const keychainFault = (trouble: Trouble, cause?: unknown): Fault => {
  const { code, message, remedy } = sentences[trouble]
  return new Fault(code, `${message} ${remedy}`, { remedy }, cause)
}

export const keychainReport = (trouble: Trouble): StoreReport => {
  const { state, message, remedy } = sentences[trouble]
  return { state, name: keychainName, message, remedy }
}

/**
 * What the library's texts mean, measured with @napi-rs/keyring 2.1.2 on Linux and read in keyring-rs for the others
 * (macOS OSStatus texts, Windows error texts); it gives no codes. First match wins.
 */
const texts: readonly (readonly [RegExp, Trouble])[] = [
  [/prompt was dismissed|prompt dismissed/i, 'dismissed'],
  [/Rejected send message|AccessDenied/i, 'denied'],
  [/Did not receive a reply|timed? ?out/i, 'silent'],
  [/object locked|User interaction is not allowed|in dark wake/i, 'locked'],
  [/user ?name or passphrase|user canceled|authorization was canceled/i, 'dismissed'],
  [/longer than|too long|stub received bad data|QuotaExceeded/i, 'full'],
  [/no result found/i, 'homeless'],
  [
    /DBus error|no secret service provider|Secret Service provider found|logon session|keychain could not be found/i,
    'absent',
  ],
]

/** @param hasDisplay whether a prompt could have been shown: without one "dismissed" means that nobody was asked. */
export function translate(error: unknown, hasDisplay: boolean): Fault {
  if (error instanceof Fault) return error
  const text = error instanceof Error ? error.message : String(error)
  const trouble = texts.find(([pattern]) => pattern.test(text))?.[1] ?? 'failed'
  return keychainFault(trouble === 'dismissed' && !hasDisplay ? 'locked' : trouble, error)
}
