/** Opens the window: one page of ours, in a sandbox, shown when it has something to show. */
import { join } from 'node:path'
import type { BrowserWindow, Screen } from 'electron'
import { createReloadRule, page } from '#core/window-page.ts'
import { keepWindowPlace, readWindowPlace } from '#core/window-place.ts'

interface WindowParts {
  readonly Window: typeof BrowserWindow
  readonly screen: Pick<Screen, 'getAllDisplays'>
  readonly preload: string
  readonly packaged: boolean
  /** Where its place is kept. */
  readonly dataFolder: string
}

export function openWindow({ Window, screen, preload, packaged, dataFolder }: WindowParts): BrowserWindow {
  const file = join(dataFolder, 'window-place.json')
  const { maximised, ...bounds } = readWindowPlace(file, screen.getAllDisplays())
  const window = new Window({
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'TPP Workbench',
    // Each is said, also where it is Electron's default: a default may change.
    webPreferences: {
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
    },
  })
  window.on('close', () => keepWindowPlace(file, { ...window.getNormalBounds(), maximised: window.isMaximized() }))
  window.once('ready-to-show', () => (maximised ? window.maximize() : window.show()))
  const mayReload = createReloadRule()
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && mayReload()) window.webContents.reload()
  })
  // A load that fails shows in the window; there is nobody else to tell.
  window.loadURL(page).catch(() => undefined)
  return window
}
