import { afterEach, describe, expect, it, vi } from 'vitest'
import { createReloadRule, mayDownload, mayLoad, mayNavigate, mayUse } from './window-page.ts'

const foreign = [
  'https://evil.test/',
  'http://127.0.0.1:1/',
  'ws://127.0.0.1/',
  'file:///etc/passwd',
  'chrome://version/',
  'app://other/',
  'app://workbench.evil.test/',
  'app://workbench:1/',
  'blob:https://evil.test/1',
  'blob:app://workbench.evil.test/1',
  'null',
  '',
]

describe('the page of our own window', () => {
  it.each(foreign)('loads nothing of %s, lets it use nothing and goes nowhere', (url) => {
    expect(mayLoad(url)).toBe(false)
    expect(mayUse('clipboard-sanitized-write', url)).toBe(false)
    expect(mayDownload(url)).toBe(false)
    expect(mayNavigate({ url, isMainFrame: true }, url)).toBe(false)
  })

  it.each(['app://workbench/', 'app://workbench/assets/a.js', 'blob:app://workbench/1', 'data:image/png;base64,'])(
    'loads %s',
    (url) => expect(mayLoad(url)).toBe(true),
  )

  it.each(['app://workbench', 'app://workbench/'])('copies to the clipboard as %s, and may do nothing else', (from) => {
    expect(mayUse('clipboard-sanitized-write', from)).toBe(true)
    for (const other of ['clipboard-read', 'media', 'notifications', 'hid']) expect(mayUse(other, from)).toBe(false)
  })

  it('downloads what it has made', () => {
    expect(mayDownload('blob:app://workbench/1')).toBe(true)
    expect(mayDownload('app://workbench/')).toBe(false)
    expect(mayDownload('data:text/html,x')).toBe(false)
  })

  it('loads itself again, at its own address and not in a frame', () => {
    const url = 'app://workbench/'
    expect(mayNavigate({ url, isMainFrame: true }, url)).toBe(true)
    expect(mayNavigate({ url, isMainFrame: false }, url)).toBe(false)
    expect(mayNavigate({ url: `${url}index.html`, isMainFrame: true }, url)).toBe(false)
  })
})

describe('a page that crashed', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('is loaded again, but not in a loop', () => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    const mayReload = createReloadRule()
    const answers = [0, 9999, 10_000, 19_999, 20_000].map((time) => {
      now = time
      return mayReload()
    })
    expect(answers).toEqual([true, false, true, false, true])
  })
})
