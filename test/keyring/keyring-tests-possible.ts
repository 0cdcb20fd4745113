/** Says whether a private keyring can be started here, and why not. */

import { spawnSync } from 'node:child_process'

const needed = [
  ['dbus-run-session', 'dbus'],
  ['dbus-send', 'dbus'],
  ['gnome-keyring-daemon', 'gnome-keyring'],
] as const

/**
 * @returns null when the tests can run, else the reason, which was also printed.
 * @throws Error under CI=true, where skipping would hide that a promise is not tested.
 */
export function whyNoKeyringTests(): string | null {
  const reason = findReason()
  if (reason === null) return null
  if (process.env.CI === 'true') throw new Error(`keyring tests must run under CI=true: ${reason}`)
  process.stderr.write(`SKIPPED, not proven here: the keychain on a real keyring: ${reason}\n`)
  return reason
}

function findReason(): string | null {
  if (process.platform !== 'linux') return 'the private keyring is made for Linux'
  const missing = needed.filter(([program]) => spawnSync(program, ['--version']).error !== undefined)
  if (missing.length === 0) return null
  const packages = [...new Set(missing.map(([, name]) => name))].join(' ')
  return `${missing.map(([program]) => program).join(', ')} not found; install with: apt-get install ${packages}`
}
