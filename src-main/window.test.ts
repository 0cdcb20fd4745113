import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createElectron, type StandInWindow } from '../test/electron/electron-stand-in.ts'
import { openWindow } from './window.ts'

let dataFolder: string
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'tpp-window-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(dataFolder, { recursive: true, force: true })
})

function open(packaged = true): StandInWindow {
  const { BrowserWindow, screen } = createElectron()
  const parts = { Window: BrowserWindow as never, screen: screen as never, preload: '/out/preload/index.cjs', packaged }
  return openWindow({ ...parts, dataFolder }) as never
}

describe('the window', () => {
  it('says every web preference that matters, and no other', () => {
    expect(open().options.webPreferences).toEqual({
      preload: '/out/preload/index.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      plugins: false,
      spellcheck: false,
      devTools: false,
    })
  })

  it('has DevTools in development only', () => {
    expect(open(false).options.webPreferences.devTools).toBe(true)
  })

  it('loads our page and shows when it has something to show', () => {
    const window = open()
    expect(window.loaded).toBe('app://workbench/')
    expect(window.options.show).toBe(false)
    expect(window.done).toEqual([])
    window.emit('ready-to-show')
    expect(window.done).toEqual(['show'])
  })

  it('comes back where and as it was', () => {
    const bounds = { x: 40, y: 50, width: 900, height: 700 }
    writeFileSync(join(dataFolder, 'window-place.json'), JSON.stringify({ ...bounds, maximised: true }))
    const window = open()
    expect(window.options).toMatchObject(bounds)
    window.emit('ready-to-show')
    expect(window.done).toEqual(['maximize'])
  })

  it('leaves its place behind when it closes', () => {
    const window = open()
    window.maximised = true
    window.emit('close')
    const kept: unknown = JSON.parse(readFileSync(join(dataFolder, 'window-place.json'), 'utf8'))
    expect(kept).toEqual({ ...window.bounds, maximised: true })
  })

  it('loads again after a crash of its page, but not in a loop', () => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    const { webContents } = open()
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(webContents.reloads).toBe(0)
    webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    webContents.emit('render-process-gone', {}, { reason: 'oom' })
    expect(webContents.reloads).toBe(1)
    now = 60_000
    webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(webContents.reloads).toBe(2)
  })
})
