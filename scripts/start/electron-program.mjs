// Finds Electron's own program, or fetches it where that can be done; says in a sentence why not otherwise.

import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { node24, withTools } from '../setup/node-24.mjs'
import { cache, modules } from '../setup/places.mjs'
import { run } from '../setup/run.mjs'

const folder = join(modules, 'electron')
const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
const name = names[process.platform] ?? 'electron'

/** A download that failed is not tried again for a day: a start takes seconds. */
const tried = join(cache, 'electron-not-fetched')
const day = 24 * 60 * 60 * 1000

const read = (...path) => readFileSync(join(folder, ...path), 'utf8').trim()

/** The questions electron's own install script asks; requiring the package would start a download. */
function installed() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const path = override ? join(override, name) : join(folder, 'dist', name)
  try {
    const { version } = JSON.parse(read('package.json'))
    const fits = override || (read('dist', 'version').replace(/^v/, '') === version && read('path.txt') === name)
    return fits && existsSync(path) ? path : null
  } catch {
    return null
  }
}

async function fetched(tell) {
  const last = statSync(tried, { throwIfNoEntry: false })
  if (last && Date.now() - last.mtimeMs < day) return null
  tell('Fetching Electron, once …')
  await run(node24(), [join(folder, 'install.js')], { env: withTools(), stdio: 'ignore', timeout: 180_000 }).catch(
    () => {},
  )
  const path = installed()
  if (path) return path
  mkdirSync(cache, { recursive: true })
  writeFileSync(tried, '')
  return null
}

/**
 * @param {(sentence: string) => void} tell
 * @returns {Promise<{ path: string } | { why: string }>}
 */
export async function electronProgram(tell) {
  if (process.getuid?.() === 0) return { why: 'it does not run as root' }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { why: 'there is no display' }
  const path = installed() ?? (await fetched(tell))
  return path ? { path } : { why: 'its program is not here and could not be fetched' }
}
