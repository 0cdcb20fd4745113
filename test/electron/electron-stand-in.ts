/** Stands in for the electron module, whose program the registry does not carry: keeps what it is told, asks what was registered. */
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'

type Listener = (...values: never[]) => unknown

/** What a cancelable event of Electron's does. */
export function cancelable<More extends object>(more: More) {
  return {
    ...more,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}

export class StandInContents extends EventEmitter {
  reloads = 0
  url = 'app://workbench/'
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  getURL() {
    return this.url
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler
  }
  reload() {
    this.reloads += 1
  }
  /** Whether the navigation was stopped. */
  attempts(event: string, url: string, isMainFrame = true): boolean {
    const details = cancelable({ url, isMainFrame })
    this.emit(event, details)
    return details.defaultPrevented
  }
}

export interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

interface WindowOptions extends Record<string, unknown> {
  webPreferences: Record<string, unknown>
}

export class StandInWindow extends EventEmitter {
  static opened: StandInWindow[] = []
  readonly webContents = new StandInContents()
  readonly done: string[] = []
  loaded = ''
  bounds: Bounds = { x: 10, y: 20, width: 900, height: 700 }
  maximised = false
  minimised = false
  readonly options: WindowOptions
  constructor(options: WindowOptions) {
    super()
    this.options = options
    StandInWindow.opened.push(this)
  }
  loadURL(url: string) {
    this.loaded = url
    return Promise.resolve()
  }
  getNormalBounds = () => this.bounds
  isMaximized = () => this.maximised
  isMinimized = () => this.minimised
  show = () => this.done.push('show')
  maximize = () => this.done.push('maximize')
  restore = () => this.done.push('restore')
  focus = () => this.done.push('focus')
}

export class StandInSession extends EventEmitter {
  requestHandler: Listener | null = null
  checkHandler: Listener | null = null
  deviceHandler: Listener | null = null
  beforeRequest: Listener | null = null
  spellChecker = true
  setPermissionRequestHandler(handler: Listener) {
    this.requestHandler = handler
  }
  setPermissionCheckHandler(handler: Listener) {
    this.checkHandler = handler
  }
  setDevicePermissionHandler(handler: Listener) {
    this.deviceHandler = handler
  }
  setSpellCheckerEnabled(enabled: boolean) {
    this.spellChecker = enabled
  }
  readonly webRequest = {
    onBeforeRequest: (handler: Listener) => {
      this.beforeRequest = handler
    },
  }
}

class StandInApp extends EventEmitter {
  isPackaged = false
  isFirst = true
  /** In the order they came. */
  readonly told: string[] = []
  readonly paths: Record<string, string> = {}
  setName = (name: string) => this.told.push(`name ${name}`)
  enableSandbox = () => this.told.push('sandbox')
  setPath(name: string, path: string) {
    this.paths[name] = path
    this.told.push(`path ${name}`)
  }
  requestSingleInstanceLock() {
    this.told.push('lock')
    return this.isFirst
  }
  whenReady() {
    this.told.push('ready')
    return Promise.resolve()
  }
  quit = () => this.told.push('quit')
  exit = (code = 0) => this.told.push(`exit ${code}`)
}

export class StandInUtilityProcess extends EventEmitter {
  readonly pid = 4_194_305
  readonly stdout = new PassThrough()
  readonly stderr = new PassThrough()
  kills = 0
  readonly script: string
  readonly args: readonly string[]
  readonly options: object
  constructor(script: string, args: readonly string[], options: object) {
    super()
    this.script = script
    this.args = args
    this.options = options
  }
  kill() {
    this.kills += 1
    return true
  }
}

/** A fresh module; hand its parts to `vi.mock('electron', …)`. */
export function createElectron() {
  StandInWindow.opened = []
  const app = new StandInApp()
  const told = app.told
  return {
    app,
    BrowserWindow: StandInWindow,
    dialog: {
      asked: [] as string[],
      answer: 0,
      errors: [] as string[],
      showMessageBox(...values: unknown[]) {
        this.asked.push((values.at(-1) as { message: string }).message)
        return Promise.resolve({ response: this.answer })
      },
      showErrorBox(title: string, text: string) {
        this.errors.push(`${title}: ${text}`)
      },
    },
    ipcMain: new EventEmitter(),
    Menu: {
      set: null as unknown,
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu(menu: unknown) {
        this.set = menu
      },
    },
    powerMonitor: new EventEmitter(),
    protocol: {
      schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
      handlers: {} as Record<string, (request: { method: string; url: string }) => Promise<Response>>,
      registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]) {
        told.push('scheme')
        this.schemes = schemes
      },
      handle(scheme: string, handler: (request: { method: string; url: string }) => Promise<Response>) {
        told.push('handler')
        this.handlers[scheme] = handler
      },
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: { defaultSession: new StandInSession() },
    shell: {
      opened: [] as string[],
      openExternal(url: string) {
        this.opened.push(url)
        return Promise.resolve()
      },
    },
    utilityProcess: {
      forked: [] as StandInUtilityProcess[],
      fork(script: string, args: readonly string[], options: object) {
        const child = new StandInUtilityProcess(script, args, options)
        this.forked.push(child)
        return child
      },
    },
  }
}
export type StandInElectron = ReturnType<typeof createElectron>
