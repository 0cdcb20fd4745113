/** The Electron host: one window, one engine. Reads as what happens from start to end. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron'
import { dataFolder } from '#core/desktop.ts'
import { createWayOut } from '#core/way-out.ts'
import { openWindowEngine, startSandbox } from '#core/window-engine.ts'
import { appScheme, serveFolder } from './app-scheme.ts'
import { hardenContents } from './harden-contents.ts'
import { hardenSession } from './harden-session.ts'
import { closeBeforeEnd, lockWithMachine } from './lifetime.ts'
import { menuTemplate } from './menu.ts'
import { sandboxProgram } from './sandbox-process.ts'
import { serveWindow } from './serve-window.ts'
import { openWindow } from './window.ts'

// This file becomes out/main/index.js.
const out = join(import.meta.dirname, '..')
const data = dataFolder()
let window: BrowserWindow | null = null

async function ask(where: string): Promise<boolean> {
  const question = { message: `Open ${where} outside the workbench?`, buttons: ['Open', 'Cancel'], cancelId: 1 }
  const { response } = await (window === null
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(window, question))
  return response === 0
}

const openExternal = createWayOut((href) => shell.openExternal(href), ask)

function showWindow(): void {
  if (window === null) {
    const preload = join(out, 'preload', 'index.cjs')
    window = openWindow({ Window: BrowserWindow, screen, preload, packaged: app.isPackaged, dataFolder: data })
    window.once('closed', () => {
      window = null
    })
    return
  }
  if (window.isMinimized()) window.restore()
  window.focus()
}

async function boot(): Promise<void> {
  // One program per data folder: the lock lies in Chromium's own folder.
  const profile = join(data, 'chromium')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
  if (!app.requestSingleInstanceLock()) return app.quit()
  await app.whenReady()
  const own = { openInBrowser: openExternal, sandboxProgram: sandboxProgram(utilityProcess) }
  const workbench = await openWindowEngine(own)
  closeBeforeEnd(app, workbench.close)
  // A lock that fails is noted, as everything that nobody catches.
  lockWithMachine(powerMonitor, process.platform, () => void workbench.lock())

  protocol.handle('app', serveFolder(join(out, 'renderer')))
  hardenSession(session.defaultSession)
  serveWindow(ipcMain, (contents) => contents === window?.webContents, workbench)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)))
  void startSandbox(workbench)

  showWindow()
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}

// Nothing is awaited out here: Electron becomes ready only after this file has run to its end.
app.setName('TPP Workbench')
app.enableSandbox()
protocol.registerSchemesAsPrivileged([appScheme])
app.on('web-contents-created', (_event, contents) => hardenContents(contents, openExternal))
boot().catch((error: unknown) => {
  dialog.showErrorBox('TPP Workbench could not start', error instanceof Error ? error.message : String(error))
  app.exit(70)
})
