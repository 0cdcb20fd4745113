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
import { dataFolder, resourcesFolder, storeChoice } from '#core/desktop.ts'
import type { Ports } from '#core/ports.ts'
import { openWorkbench, type Workbench } from '#core/workbench.ts'
import { Fault } from '#shared/fault.ts'
import { registerAppScheme, serveFolder } from './app-scheme.ts'
import { hardenContents } from './harden-contents.ts'
import { hardenSession } from './harden-session.ts'
import { closeBeforeEnd, lockWithMachine } from './lifetime.ts'
import { menuTemplate } from './menu.ts'
import { createOpenExternal } from './open-external.ts'
import { sandboxProgram } from './sandbox-process.ts'
import { serveWindow } from './serve-window.ts'
import { openWindow } from './window.ts'

// This file becomes out/main/index.js.
const out = join(import.meta.dirname, '..')
const data = dataFolder()
let window: BrowserWindow | null = null

const openExternal = createOpenExternal(shell, async (where) => {
  const question = { message: `Open ${where} outside the workbench?`, buttons: ['Open', 'Cancel'], cancelId: 1 }
  const { response } = await (window === null
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(window, question))
  return response === 0
})

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

const ports = (): Ports => ({
  dataFolder: data,
  resourcesFolder: resourcesFolder(),
  secrets: {
    choice: storeChoice(),
    // The window asks for it and unlocks the vault; a call that comes before that is told so.
    passphrase: () => Promise.reject(new Fault('VAULT_PASSPHRASE_MISSING')),
  },
  openInBrowser: openExternal,
  sandboxProgram: sandboxProgram(utilityProcess),
})

async function startSandbox({ client }: Workbench): Promise<void> {
  if (!(await client.sandbox.status()).running) await client.sandbox.start({})
}

async function boot(): Promise<void> {
  // One program per data folder: the lock lies in Chromium's own folder.
  const profile = join(data, 'chromium')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
  if (!app.requestSingleInstanceLock()) return app.quit()
  await app.whenReady()
  const workbench = await openWorkbench(ports())
  // Goes the way of every call: what is our own mistake is written to the engine's error log.
  const note = (cause: unknown) => {
    const next = () => Promise.reject(new Error('outside any call', { cause }))
    workbench.intercept({ next }).catch(() => undefined)
  }
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
  closeBeforeEnd(app, workbench.close)
  lockWithMachine(powerMonitor, process.platform, () => void workbench.lock().catch(note))

  protocol.handle('app', serveFolder(join(out, 'renderer')))
  hardenSession(session.defaultSession)
  serveWindow(ipcMain, (contents) => contents === window?.webContents, workbench)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)))
  // The window says whether one runs and starts it again; what went wrong here was noted on the way.
  startSandbox(workbench).catch(() => undefined)

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
registerAppScheme(protocol)
app.on('web-contents-created', (_event, contents) => hardenContents(contents, openExternal))
boot().catch((error: unknown) => {
  dialog.showErrorBox('TPP Workbench could not start', error instanceof Error ? error.message : String(error))
  app.exit(70)
})
