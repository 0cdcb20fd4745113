import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const sources = globSync('{src-main,src-preload}/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] })
// What can run outside Electron lives there, the content security policy among it.
const lent = globSync('src-core/*.ts', { cwd: root, exclude: ['**/*.test.ts'] })
const text = (file: string) => readFileSync(join(root, file), 'utf8')

describe('the sources of the Electron host', () => {
  it('are found', () => {
    expect(sources.length).toBeGreaterThan(8)
    expect(lent).toContain(join('src-core', 'window-files.ts'))
  })

  it.each([
    'webSecurity',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'nodeIntegration: true',
    'contextIsolation: false',
    'sandbox: false',
    'no-sandbox',
    'webviewTag: true',
    'ipcMain.handle',
    'ipcRenderer.invoke',
    'contextBridge',
    'exposeInMainWorld',
    'executeJavaScript',
    'crashReporter',
    'setCertificateVerifyProc',
    'certificate-error',
    'loadFile',
    'file://',
    'bypassCSP',
    'unsafe-inline',
    'unsafe-eval',
    'process.env.ELECTRON_RUN_AS_NODE',
    '@electron/remote',
  ])('never say %s', (word) => {
    expect([...sources, ...lent].filter((file) => text(file).includes(word))).toEqual([])
  })

  it('meet Electron itself in one file; the others are handed what they need', () => {
    const importers = sources.filter((file) => /^import (?!type)[^']*'electron'/m.test(text(file)))
    expect(importers.sort()).toEqual([join('src-main', 'index.ts'), join('src-preload', 'index.ts')])
  })

  it('have one way out', () => {
    const users = sources.filter((file) => /shell\.openExternal\(/.test(text(file)))
    expect(users).toEqual([join('src-main', 'index.ts')])
  })
})
