/** What every host on a person's machine does the same way: where data and product files are, how a page is shown. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { Fault } from '#shared/fault.ts'
import type { StoreChoice } from './ports.ts'
import type { SandboxCommand } from './sandbox/sandbox-program.ts'

/** TPP_HOME, or the platform's own place for application data (XDG Base Directory 0.8 on Linux). */
export function dataFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (environment.TPP_HOME) return resolve(environment.TPP_HOME)
  const absolute = (path: string | undefined, otherwise: string) =>
    path !== undefined && isAbsolute(path) ? path : otherwise
  if (platform === 'win32')
    return join(absolute(environment.APPDATA, join(homedir(), 'AppData', 'Roaming')), 'TPP Workbench')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'TPP Workbench')
  return join(absolute(environment.XDG_DATA_HOME, join(homedir(), '.local', 'share')), 'tpp-workbench')
}

/** TPP_SECRETS; null when it says nothing. Throws USAGE for a word that is neither store. */
export function storeChoice(environment: NodeJS.ProcessEnv = process.env): StoreChoice {
  const word = environment.TPP_SECRETS
  if (word === undefined || word === '') return null
  if (word === 'keychain' || word === 'vault') return word
  throw new Fault('USAGE', `TPP_SECRETS is "keychain" or "vault", not "${word}".`, { variable: 'TPP_SECRETS' })
}

function upwards(from: string, wanted: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, wanted)
    if (existsSync(path)) return path
    if (dirname(folder) === folder) throw new Error(`${wanted} is not above ${from}`)
  }
}

/** The product's `resources`, from the sources as well as from the built program. */
export const resourcesFolder = (): string => upwards(import.meta.dirname, 'resources')

/** A program beside this one when built, from its sources otherwise: `sandbox`, `local`. */
export function builtProgram(name: 'sandbox' | 'local'): SandboxCommand {
  const places = [join(import.meta.dirname, `${name}.js`), join(import.meta.dirname, '..', `${name}.js`)]
  const script =
    places.find((path) => existsSync(path)) ?? upwards(import.meta.dirname, join(`src-${name}`, 'index.ts'))
  return { command: process.execPath, args: [script] }
}

/** No browser may be started as root (its sandbox cannot work) or without a display. */
export function canOpenBrowser(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return true
  const display = environment.DISPLAY || environment.WAYLAND_DISPLAY
  return Boolean(display) && process.getuid?.() !== 0
}

/** https, or http on this machine; no user name, nothing else (Bruno CVE-2024-48463 is what happens otherwise). */
export function isSafePage(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, username, password } = new URL(url)
  const loopback = protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost')
  return (protocol === 'https:' || loopback) && username === '' && password === ''
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  // Not `start`: cmd.exe would take & in the address for the end of the command.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  darwin: ['open'],
}

/** Hands a page to the browser of the person at this machine. False: show the address instead. */
export function openInBrowser(url: string): Promise<boolean> {
  if (!isSafePage(url) || !canOpenBrowser()) return Promise.resolve(false)
  const [command, ...args] = openers[process.platform] ?? ['xdg-open']
  return new Promise((done) => {
    const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true, windowsHide: true })
    child.once('error', () => done(false))
    child.once('spawn', () => {
      child.unref()
      done(true)
    })
  })
}
