/** Opens the window: one page of ours, in a sandbox, shown when it has something to show. */
import { join } from 'node:path'
import type { BrowserWindow, Screen, WebPreferences } from 'electron'
import { page } from './app-scheme.ts'
import { keepWindowPlace, readWindowPlace } from './window-place.ts'

/** Each is said, also where it is Electron's default: a default may change. */
export function webPreferences(preload: string, packaged: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    plugins: false,
    spellcheck: false,
    devTools: !packaged,
  }
}

interface WindowParts {
  readonly Window: typeof BrowserWindow
  readonly screen: Pick<Screen, 'getAllDisplays'>
  readonly preload: string
  readonly packaged: boolean
  /** Where its place is kept. */
  readonly dataFolder: string
}

/** Milliseconds in which a page that crashed again is left alone. */
const crashLoop = 10_000

export function openWindow({ Window, screen, preload, packaged, dataFolder }: WindowParts): BrowserWindow {
  const file = join(dataFolder, 'window-place.json')
  const { maximised, ...bounds } = readWindowPlace(file, screen.getAllDisplays())
  const window = new Window({
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'TPP Workbench',
    webPreferences: webPreferences(preload, packaged),
  })
  keepWindowPlace(file, window)
  window.once('ready-to-show', () => (maximised ? window.maximize() : window.show()))
  let reloaded = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || performance.now() - reloaded < crashLoop) return
    reloaded = performance.now()
    window.webContents.reload()
  })
  // A load that fails shows in the window; there is nobody else to tell.
  window.loadURL(page).catch(() => undefined)
  return window
}
