// Lists the programs of the system that tests need besides node_modules, each with its reason.

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * `package` is Debian's name; `service` is what its package would start by itself.
 * @type {{ command: string, package: string, why: string, on?: string[], service?: string }[]}
 */
const parts = [
  {
    command: 'gnome-keyring-daemon',
    package: 'gnome-keyring',
    why: 'keys are stored in a real keychain, one that exists only for the tests',
    on: ['linux'],
  },
  {
    command: 'dbus-run-session',
    package: 'dbus',
    why: 'that keychain is reached in a session of its own, never in yours',
    on: ['linux'],
  },
  {
    command: 'strace',
    package: 'strace',
    why: 'the system itself says which files a program opens, so that no secret reaches one',
    on: ['linux'],
  },
  {
    command: 'openssl',
    package: 'openssl',
    why: 'certificates, key files and signatures are judged by a second implementation',
  },
  {
    command: 'nginx',
    package: 'nginx',
    why: 'what banks answer with: calls are proved against a real one in each state it can be in',
    on: ['linux'],
    service: 'nginx',
  },
  {
    command: 'chromium',
    package: 'chromium',
    why: 'the window is used as a person would use it',
  },
]

/** Programs that do for Chromium, by preference. */
const browsers = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
  'chrome',
  'msedge',
]

/** The browser there is, by its command; on Windows and macOS browsers are not on the path: TPP_BROWSER names one. */
export const browser = () => process.env.TPP_BROWSER || browsers.find((name) => onPath(name))

/** The parts this platform lacks. */
export function missingParts() {
  return parts.filter(({ command, on }) => (on?.includes(process.platform) ?? true) && !isThere(command))
}

const isThere = (command) =>
  command === 'chromium' ? browser() !== undefined : onPath(command, command === 'nginx' ? ['/usr/sbin'] : [])

/** @param {string[]} also folders besides those of PATH: Debian keeps servers where only root looks */
export function onPath(command, also = []) {
  const names = process.platform === 'win32' ? [`${command}.exe`, `${command}.cmd`] : [command]
  const listed = (process.env.PATH ?? process.env.Path ?? '').split(delimiter)
  const folders = [...listed, ...also].filter((folder) => folder !== '')
  return folders.some((folder) => names.some((name) => existsSync(join(folder, name))))
}
