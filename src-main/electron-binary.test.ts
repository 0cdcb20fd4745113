// The checklist once more on the running program, wherever there is one.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { electronBinary } from '../test/electron/electron-binary.ts'

const { path, reason } = electronBinary()

const skipped = reason === null ? '' : ` (skipped: ${reason})`

describe.skipIf(reason !== null)(`the running Electron window${skipped}`, () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'tpp-electron-'))
  const requests: string[] = []
  let app: ElectronApplication
  let page: Page

  beforeAll(async () => {
    const { _electron } = await import('@playwright/test')
    const root = join(import.meta.dirname, '..')
    const env = { ...(process.env as Record<string, string>), TPP_HOME: dataFolder, TPP_SECRETS: 'vault' }
    app = await _electron.launch({ executablePath: path, args: [root], cwd: root, env })
    app.context().on('request', (request) => requests.push(request.url()))
    // Nobody is there to answer what the one way out asks.
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false })
    })
    page = await app.firstWindow()
    await page.waitForLoadState('load')
  }, 60_000)
  afterAll(async () => {
    await app?.close()
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 })
  })

  it('has the preferences it was given', async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      return contents.getLastWebPreferences()
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
    })
    expect(preferences.webSecurity).not.toBe(false)
    for (const name of ['allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures'])
      expect(preferences[name] || false).toBe(false)
  })

  // The page's side is text: what is the window's own has no types here.
  it('gives its page nothing of Node or Electron', async () => {
    expect(page.url()).toBe('app://workbench/')
    const names = ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer']
    expect(await page.evaluate<string[]>(`${JSON.stringify(names)}.filter((name) => name in window)`)).toEqual([])
  })

  it('shows something, which takes the scheme, the scripts and the styles', async () => {
    expect(await page.title()).toContain('TPP Workbench')
    await expect.poll(() => page.locator('#root > *').count()).toBeGreaterThan(0)
  })

  it.each([
    "location.href = 'https://evil.test/'",
    "location.href = 'file:///etc/passwd'",
    "location.href = 'app://workbench/icon.svg'",
    "void window.open('https://evil.test/', '_blank', 'noopener')",
    "document.body.append(Object.assign(document.createElement('a'), { href: 'https://evil.test/', id: 'away' })); document.getElementById('away').click()",
  ])('stays where it is after %s', async (attempt) => {
    await page.evaluate(`{ ${attempt} }`)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(page.url()).toBe('app://workbench/')
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  it.each([
    ['camera', "navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'granted', () => 'denied')"],
    ['notifications', 'Notification.requestPermission()'],
    ['clipboard reading', "navigator.clipboard.readText().then(() => 'granted', () => 'denied')"],
  ])('is refused %s', async (_what, attempt) => {
    expect(await page.evaluate(attempt)).toBe('denied')
  })

  it('runs no inline code and loads nothing from elsewhere', async () => {
    await page.evaluate(`{
      document.body.insertAdjacentHTML('beforeend', '<img src="https://evil.test/x.png" onerror="window.ran = 1">')
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 2' }))
    }`)
    expect(await page.evaluate("fetch('https://evil.test/').then(() => 'loaded', () => 'stopped')")).toBe('stopped')
    expect(await page.evaluate("'ran' in window")).toBe(false)
  })

  it.each(['..%2f..%2fpackage.json', '%00', 'missing'])('answers 404 to app://workbench/%s', async (path) => {
    expect(await page.evaluate(`fetch('/${path}').then(({ status }) => status)`)).toBe(404)
  })

  it('made no request but to itself', () => {
    // What a test above tried on purpose was stopped before it left.
    const others = requests.filter((url) => !/^(app:\/\/workbench\/|blob:|data:|https:\/\/evil\.test\/)/.test(url))
    expect(others).toEqual([])
  })
})
