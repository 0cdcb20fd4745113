/** Finds Electron's program without starting or downloading it, and says why it cannot be run. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', '..', 'node_modules', 'electron')
const programs: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8').trim()

/** The same questions as node_modules/electron/install.js asks; requiring the package would start a download. */
function installed(): string | null {
  const program = programs[process.platform] ?? 'electron'
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const path = override ? join(override, program) : join(folder, 'dist', program)
  try {
    const { version } = JSON.parse(read('package.json')) as { version: string }
    const fits =
      override !== undefined || (read('dist', 'version').replace(/^v/, '') === version && read('path.txt') === program)
    return fits && existsSync(path) ? path : null
  } catch {
    return null
  }
}

/** `reason` is null when it can be run here. */
export function electronBinary(): { path: string; reason: string | null } {
  const path = installed()
  if (path === null) return { path: '', reason: 'the Electron program is not in node_modules/electron/dist' }
  if (process.getuid?.() === 0) return { path, reason: "Chromium's sandbox does not run as root" }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { path, reason: 'there is no display (xvfb-run gives one)' }
  if (!existsSync(join(folder, '..', '..', 'out', 'main', 'index.js')))
    return { path, reason: 'out/main/index.js is not built' }
  return { path, reason: null }
}
