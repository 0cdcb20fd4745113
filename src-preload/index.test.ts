import { runInNewContext } from 'node:vm'
import { build, type UserConfig } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'
import config from '../electron.vite.config.ts'

/** The preload as it is built, run with what Electron's sandbox gives it. */
let bundle: string
beforeAll(async () => {
  const { preload } = config as { preload: UserConfig }
  const { rolldownOptions } = preload.build ?? {}
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: true, write: false, rolldownOptions: { ...rolldownOptions, external: ['electron'] } },
    ssr: { noExternal: true },
  })
  const { output } = [built].flat()[0] as { output: { fileName: string; code: string }[] }
  expect(output.map(({ fileName }) => fileName)).toEqual(['index.cjs'])
  bundle = output[0]?.code ?? ''
})

interface Message {
  source?: unknown
  origin?: string
  data?: unknown
  ports?: unknown[]
}

function load() {
  const required: string[] = []
  const sent: unknown[][] = []
  const heard = new Set<(event: Message) => void>()
  const window = {
    addEventListener: (_name: string, listener: (event: Message) => void) => heard.add(listener),
    removeEventListener: (_name: string, listener: (event: Message) => void) => heard.delete(listener),
  }
  const names = Object.keys(window)
  const require = (name: string) => {
    required.push(name)
    return { ipcRenderer: { postMessage: (...values: unknown[]) => sent.push(values) } }
  }
  runInNewContext(bundle, { require, window, module: { exports: {} }, exports: {} })
  const post = (message: Message) => {
    const own = { source: window, origin: 'app://workbench', data: 'tpp:connect', ports: ['port'] }
    for (const listener of heard) listener({ ...own, ...message })
  }
  return { required, sent, post, gained: () => Object.keys(window).filter((name) => !names.includes(name)) }
}

describe('the preload', () => {
  it('needs electron and nothing else, and gives the page nothing', () => {
    const { required, gained } = load()
    expect(required).toEqual(['electron'])
    expect(gained()).toEqual([])
    expect(bundle).not.toMatch(/contextBridge|import\(/)
  })

  it('forwards the port of the page once', () => {
    const { post, sent } = load()
    post({})
    post({ ports: ['another'] })
    expect(sent).toEqual([['tpp:port', null, ['port']]])
  })

  it.each<[string, Message]>([
    ['a frame or another window', { source: {} }],
    ['nobody', { source: null }],
    ['another origin', { origin: 'https://evil.test' }],
    ['an opaque origin', { origin: 'null' }],
    ['a host that begins like ours', { origin: 'app://workbench.evil.test' }],
    ['other words', { data: 'tpp:port' }],
    ['an object', { data: { toString: () => 'tpp:connect' } }],
    ['no port', { ports: [] }],
    ['two ports', { ports: ['one', 'two'] }],
  ])('is deaf to %s, and still hears the page', (_who, message) => {
    const { post, sent } = load()
    post(message)
    expect(sent).toEqual([])
    post({})
    expect(sent).toHaveLength(1)
  })
})
