/** Hands a page to the browser of the person at this machine. */
import { spawn } from 'node:child_process'

/** No browser may be started as root (its sandbox cannot work) or without a display. */
function possible(platform: NodeJS.Platform): boolean {
  if (platform === 'win32' || platform === 'darwin') return true
  const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  return Boolean(display) && process.getuid?.() !== 0
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  // Not `start`: cmd.exe would take & in the address for the end of the command.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  darwin: ['open'],
}

/** https, or http on this machine; anything else is refused. False: show the address instead. */
export function openInBrowser(url: string): Promise<boolean> {
  const { protocol, hostname, username, password } = new URL(url)
  const safe = protocol === 'https:' || (protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost'))
  if (!safe || username !== '' || password !== '' || !possible(process.platform)) return Promise.resolve(false)
  const [command, ...args] = openers[process.platform] ?? ['xdg-open']
  return new Promise((resolve) => {
    const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true, windowsHide: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
