import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Ports } from '#core/ports.ts'
import {
  createElectron,
  StandInContents,
  type StandInElectron,
  StandInWindow,
} from '../test/electron/electron-stand-in.ts'

interface Told {
  ports: Ports | null
  readonly calls: string[]
  readonly noted: unknown[]
  running: boolean
  failure: Error | null
}

let electron: StandInElectron
let told: Told
let dataFolder: string
/** What the boot hangs on this process, kept off it. */
let hung: Map<unknown, (error: unknown) => void>

/** As much of the engine as the boot meets. */
const engine = () => ({
  openWorkbench(ports: Ports) {
    if (told.failure !== null) return Promise.reject(told.failure)
    told.ports = ports
    const call = (name: string, answer: unknown) => () => {
      told.calls.push(name)
      return Promise.resolve(answer)
    }
    return Promise.resolve({
      router: {},
      intercept: ({ next }: { next(): Promise<unknown> }) =>
        next().catch((error: unknown) => {
          told.noted.push(error)
          throw error
        }),
      client: { sandbox: { status: () => call('status', { running: told.running })(), start: call('start', {}) } },
      lock: call('lock', undefined),
      close: call('close', undefined),
    })
  },
})

beforeEach(() => {
  vi.resetModules()
  // Anew for every test: what a factory made is kept otherwise.
  vi.doMock('electron', () => electron)
  vi.doMock('#core/workbench.ts', engine)
  electron = createElectron()
  told = { ports: null, calls: [], noted: [], running: false, failure: null }
  dataFolder = mkdtempSync(join(tmpdir(), 'tpp-boot-'))
  vi.stubEnv('TPP_HOME', dataFolder)
  vi.stubEnv('TPP_SECRETS', '')
  hung = new Map()
  vi.spyOn(process, 'on').mockImplementation((name: unknown, listener: unknown) => {
    hung.set(name, listener as (error: unknown) => void)
    return process
  })
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(dataFolder, { recursive: true, force: true })
})

async function boot(): Promise<void> {
  await import('./index.ts')
  await vi.waitFor(() => expect(StandInWindow.opened.length + electron.dialog.errors.length).toBeGreaterThan(0))
}

describe('the start', () => {
  it('comes in the order Electron needs', async () => {
    await boot()
    expect(electron.app.told).toEqual([
      'name TPP Workbench',
      'sandbox',
      'scheme',
      'path userData',
      'lock',
      'ready',
      'handler',
    ])
  })

  it('registers the app scheme and no other', async () => {
    await boot()
    expect(electron.protocol.schemes.map(({ scheme }) => scheme)).toEqual(['app'])
  })

  it('keeps what Chromium writes in the data folder, for its owner alone', async () => {
    await boot()
    expect(electron.app.paths).toEqual({ userData: join(dataFolder, 'chromium') })
    if (process.platform !== 'win32') expect(statSync(join(dataFolder, 'chromium')).mode & 0o777).toBe(0o700)
  })

  it('hardens the session and serves nothing but the app scheme before the window opens', async () => {
    await boot()
    const { requestHandler, checkHandler, deviceHandler, beforeRequest } = electron.session.defaultSession
    for (const handler of [requestHandler, checkHandler, deviceHandler, beforeRequest])
      expect(handler).toBeTypeOf('function')
    expect(Object.keys(electron.protocol.handlers)).toEqual(['app'])
    expect(electron.ipcMain.eventNames()).toEqual(['tpp:port'])
    expect(electron.Menu.set).toBeInstanceOf(Array)
  })

  it('hardens every web contents there will ever be', async () => {
    await boot()
    const contents = new StandInContents()
    electron.app.emit('web-contents-created', {}, contents)
    expect(contents.attempts('will-navigate', 'https://evil.test/')).toBe(true)
    expect(contents.openHandler({ url: 'https://evil.test/' })).toEqual({ action: 'deny' })
  })

  it('names the built preload and asks Electron whether it is packaged', async () => {
    electron.app.isPackaged = true
    await boot()
    const preferences = StandInWindow.opened[0]?.options.webPreferences
    expect(preferences?.preload).toMatch(/[\\/]preload[\\/]index\.cjs$/)
    expect(preferences?.devTools).toBe(false)
  })

  it('says why when it fails, and ends', async () => {
    told.failure = new Error('The data folder is not writable.')
    await boot()
    expect(electron.dialog.errors).toEqual(['TPP Workbench could not start: The data folder is not writable.'])
    expect(electron.app.told.at(-1)).toBe('exit 70')
  })

  it('refuses a key store it does not know', async () => {
    vi.stubEnv('TPP_SECRETS', 'cloud')
    await boot()
    expect(electron.dialog.errors[0]).toContain('TPP_SECRETS')
  })
})

describe('the sandbox', () => {
  it('is started when none runs', async () => {
    await boot()
    await vi.waitFor(() => expect(told.calls).toEqual(['status', 'start']))
  })

  it('is left alone when one runs', async () => {
    told.running = true
    await boot()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(told.calls).toEqual(['status'])
  })
})

describe('a second start', () => {
  it('gives way to the first and opens nothing', async () => {
    electron.app.isFirst = false
    await import('./index.ts')
    await vi.waitFor(() => expect(electron.app.told).toContain('quit'))
    expect(electron.app.told).not.toContain('ready')
    expect(told.ports).toBeNull()
    expect(StandInWindow.opened).toEqual([])
  })

  it('brings the window of the first to the front', async () => {
    await boot()
    const [window] = StandInWindow.opened
    electron.app.emit('second-instance')
    expect(window?.done).toEqual(['focus'])
    if (window) window.minimised = true
    electron.app.emit('second-instance')
    expect(window?.done).toEqual(['focus', 'restore', 'focus'])
    expect(StandInWindow.opened).toHaveLength(1)
  })

  it('opens a window when the first had closed its own', async () => {
    await boot()
    StandInWindow.opened[0]?.emit('closed')
    electron.app.emit('second-instance')
    expect(StandInWindow.opened).toHaveLength(2)
  })
})

describe('while it runs', () => {
  it('locks when the machine sleeps', async () => {
    await boot()
    electron.powerMonitor.emit('suspend')
    electron.powerMonitor.emit('lock-screen')
    expect(told.calls.filter((call) => call === 'lock')).toHaveLength(2)
  })

  it('writes what nobody caught to the error log and goes on', async () => {
    await boot()
    const mistake = new Error('ours')
    for (const name of ['uncaughtException', 'unhandledRejection']) hung.get(name)?.(mistake)
    await vi.waitFor(() => expect(told.noted.map((error) => (error as Error).cause)).toEqual([mistake, mistake]))
    expect(electron.app.told).not.toContain('quit')
  })

  it('shows a page outside only after a person agreed', async () => {
    await boot()
    expect(await told.ports?.openInBrowser('file:///etc/passwd')).toBe(false)
    electron.dialog.answer = 1
    expect(await told.ports?.openInBrowser('https://login.bank.test/x')).toBe(false)
    expect(electron.shell.opened).toEqual([])
    electron.dialog.answer = 0
    expect(await told.ports?.openInBrowser('https://login.bank.test/x')).toBe(true)
    expect(electron.shell.opened).toEqual(['https://login.bank.test/x'])
    expect(electron.dialog.asked.at(-1)).toBe('Open login.bank.test outside the workbench?')
  })

  it('asks for no passphrase behind the window', async () => {
    await boot()
    await expect(told.ports?.secrets.passphrase()).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE_MISSING' })
    expect(told.ports?.secrets.choice).toBeNull()
  })

  it('closes the workbench once before it ends', async () => {
    await boot()
    electron.app.emit('will-quit', { preventDefault: () => undefined })
    electron.app.emit('will-quit', { preventDefault: () => undefined })
    await vi.waitFor(() => expect(electron.app.told.at(-1)).toBe('exit 0'))
    expect(told.calls.filter((call) => call === 'close')).toHaveLength(1)
  })

  it.each([
    ['linux', true],
    ['win32', true],
    ['darwin', false],
  ])('on %s ends with its last window: %s', async (platform, ends) => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform as NodeJS.Platform)
    await boot()
    StandInWindow.opened[0]?.emit('closed')
    electron.app.emit('window-all-closed')
    expect(electron.app.told.includes('quit')).toBe(ends)
    electron.app.emit('activate')
    expect(StandInWindow.opened).toHaveLength(2)
  })
})
