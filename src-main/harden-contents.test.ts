import { describe, expect, it } from 'vitest'
import { cancelable, StandInContents } from '../test/electron/electron-stand-in.ts'
import { hardenContents } from './harden-contents.ts'

function hardened() {
  const contents = new StandInContents()
  const opened: string[] = []
  hardenContents(contents as never, (url) => {
    opened.push(url)
    return Promise.resolve(true)
  })
  return { contents, opened }
}

const hostile = [
  'https://evil.test/',
  'http://127.0.0.1:1/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  'about:srcdoc',
  'blob:app://workbench/1',
  'app://workbench/index.html',
  'app://workbench/assets/x.js',
  'app://other/',
  'devtools://devtools/bundled/inspector.html',
]

describe('every web contents', () => {
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'])
    it.each(hostile)(`stays at ${event} to %s`, (url) => {
      expect(hardened().contents.attempts(event, url)).toBe(true)
    })

  it('may reload itself', () => {
    const { contents } = hardened()
    expect(contents.attempts('will-navigate', 'app://workbench/')).toBe(false)
    expect(contents.attempts('will-frame-navigate', 'app://workbench/')).toBe(false)
  })

  it('does not let a frame in it load the page, nor a redirect', () => {
    const { contents } = hardened()
    expect(contents.attempts('will-frame-navigate', 'app://workbench/', false)).toBe(true)
    expect(contents.attempts('will-redirect', 'app://workbench/')).toBe(true)
  })

  it('may not reload what is not ours', () => {
    const { contents } = hardened()
    contents.url = 'https://evil.test/'
    expect(contents.attempts('will-navigate', 'https://evil.test/')).toBe(true)
  })

  it.each(hostile)('opens no window for %s and hands it to the one way out', (url) => {
    const { contents, opened } = hardened()
    expect(contents.openHandler({ url })).toEqual({ action: 'deny' })
    expect(opened).toEqual([url])
  })

  it('attaches no webview', () => {
    const { contents } = hardened()
    const event = cancelable({})
    contents.emit('will-attach-webview', event, {}, { src: 'https://evil.test/' })
    expect(event.defaultPrevented).toBe(true)
  })
})
