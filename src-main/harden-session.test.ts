import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cancelable, StandInSession } from '../test/electron/electron-stand-in.ts'
import { hardenSession } from './harden-session.ts'

function hardened() {
  const session = new StandInSession()
  hardenSession(session as never)
  const { requestHandler, checkHandler, deviceHandler, beforeRequest } = session
  const call = (handler: unknown, ...values: unknown[]) => (handler as (...values: unknown[]) => unknown)(...values)
  return {
    session,
    asks(permission: string, requestingUrl = 'app://workbench/') {
      let answer: unknown
      call(requestHandler, {}, permission, (granted: boolean) => (answer = granted), { requestingUrl })
      return answer
    },
    checks: (permission: string, origin = 'app://workbench/') => call(checkHandler, null, permission, origin, {}),
    device: () => call(deviceHandler, { deviceType: 'hid', origin: 'app://workbench/', device: {} }),
    stops(url: string) {
      let answer: { cancel?: boolean } = {}
      call(beforeRequest, { url }, (said: { cancel: boolean }) => (answer = said))
      return answer.cancel
    },
    downloads(url: string) {
      const event = cancelable({})
      session.emit('will-download', event, { getURL: () => url })
      return !event.defaultPrevented
    },
  }
}

/** Every permission the installed Electron can ask for, out of its types. */
const types = readFileSync(join(import.meta.dirname, '..', 'node_modules', 'electron', 'electron.d.ts'), 'utf8')
const signature = types.split('\n').find((line) => line.includes('setPermissionRequestHandler(handler')) ?? ''
const permissions = [...signature.matchAll(/'([\w-]+)'/g)]
  .map(([, name = '']) => name)
  .filter((name) => name !== 'clipboard-sanitized-write')

describe('the session', () => {
  it('knows what can be asked for', () => {
    for (const name of ['media', 'notifications', 'hid', 'clipboard-read']) expect(permissions).toContain(name)
  })

  it.each(permissions)('refuses %s, asked or checked', (permission) => {
    const { asks, checks } = hardened()
    expect([asks(permission), checks(permission)]).toEqual([false, false])
  })

  it('lets our page copy to the clipboard, and no other', () => {
    const { asks, checks } = hardened()
    const permission = 'clipboard-sanitized-write'
    expect([asks(permission), checks(permission), checks(permission, 'app://workbench')]).toEqual([true, true, true])
    for (const other of ['https://evil.test/', 'app://workbench.evil.test/', 'app://other/', 'null', ''])
      expect([asks(permission, other), checks(permission, other)]).toEqual([false, false])
  })

  it('gives no device and no spell checker that loads dictionaries', () => {
    const { device, session } = hardened()
    expect(device()).toBe(false)
    expect(session.spellChecker).toBe(false)
  })

  it.each([
    'https://evil.test/font.woff2',
    'http://127.0.0.1:1/',
    'ws://127.0.0.1/',
    'wss://evil.test/',
    'file:///etc/passwd',
    'ftp://evil.test/',
    'app://other/',
    'app://workbench.evil.test/',
    'blob:https://evil.test/1',
    'chrome://version/',
  ])('sends no request to %s', (url) => {
    expect(hardened().stops(url)).toBe(true)
  })

  it.each(['app://workbench/', 'app://workbench/assets/a.js', 'blob:app://workbench/1', 'data:image/png;base64,'])(
    'loads %s',
    (url) => expect(hardened().stops(url)).toBe(false),
  )

  it('downloads only what the page has made', () => {
    const { downloads } = hardened()
    expect(downloads('blob:app://workbench/1')).toBe(true)
    for (const url of ['https://evil.test/x.exe', 'data:text/html,x', 'blob:https://evil.test/1', 'app://workbench/'])
      expect(downloads(url)).toBe(false)
  })
})
