import { describe, expect, it } from 'vitest'
import { createWayOut } from './way-out.ts'

function setUp(answer: () => Promise<boolean> = () => Promise.resolve(true)) {
  const asked: string[] = []
  const opened: string[] = []
  const system = (href: string) => {
    opened.push(href)
    return Promise.resolve()
  }
  const open = createWayOut(system, (where) => {
    asked.push(where)
    return answer()
  })
  return { open, asked, opened }
}

describe('the way out', () => {
  it.each([
    'file:///etc/passwd',
    'FILE:///etc/passwd',
    'javascript:alert(1)',
    'smb://server/share',
    'ms-msdt:/id PCWDiagnostic',
    'search-ms:query=x',
    'vscode://file/etc/passwd',
    'data:text/html,x',
    'blob:app://workbench/1',
    'about:blank',
    'app://workbench/',
    'ftp://bank.test/',
    'mailto:someone@bank.test',
    '\\\\server\\share\\x.exe',
    '//server/share',
    'C:\\Windows\\System32\\calc.exe',
    'http://bank.test/',
    'http://127.0.0.1.evil.test/',
    'http://[::ffff:127.0.0.1]/',
    'https://a@b/',
    'https://a:b@bank.test/',
    'https://bank.test@evil.test/',
    'http://user@127.0.0.1/',
    'bankid://a@b/',
    'bankid2:///',
    'https://',
    '',
    'no address',
  ])('refuses %s without asking', async (url) => {
    const { open, asked, opened } = setUp()
    expect(await open(url)).toBe(false)
    expect([asked, opened]).toEqual([[], []])
  })

  it('asks once per host, and says it before anything opens', async () => {
    const { open, asked, opened } = setUp()
    expect(await open('https://login.bank.test:8443/a')).toBe(true)
    expect(await open('https://login.bank.test:8443/b')).toBe(true)
    expect(await open('https://other.test/')).toBe(true)
    expect(asked).toEqual(['login.bank.test:8443', 'other.test'])
    expect(opened).toEqual(['https://login.bank.test:8443/a', 'https://login.bank.test:8443/b', 'https://other.test/'])
  })

  it('starts the app of a bank after asking', async () => {
    const { open, asked, opened } = setUp()
    expect(await open('bankid:///?autostarttoken=1&redirect=null')).toBe(true)
    expect([asked, opened]).toEqual([['bankid:'], ['bankid:///?autostarttoken=1&redirect=null']])
  })

  it('shows pages of this machine without asking', async () => {
    const { open, asked, opened } = setUp()
    expect(await open('http://127.0.0.1:4000/authorise')).toBe(true)
    expect(asked).toEqual([])
    expect(opened).toEqual(['http://127.0.0.1:4000/authorise'])
  })

  it('opens the address as it was judged, not as it was written', async () => {
    const { open, opened } = setUp()
    await open(' https:\\\\bank.test\\a\n"b ')
    expect(opened).toEqual(['https://bank.test/a%22b'])
  })

  it('opens nothing after a no, and asks again', async () => {
    const { open, asked, opened } = setUp(() => Promise.resolve(false))
    expect(await open('https://bank.test/')).toBe(false)
    expect(await open('https://bank.test/')).toBe(false)
    expect(asked).toHaveLength(2)
    expect(opened).toEqual([])
  })

  it('does not pile up questions', async () => {
    let answer: (yes: boolean) => void = () => undefined
    const { open, asked } = setUp(() => new Promise((resolve) => (answer = resolve)))
    const first = open('https://bank.test/')
    expect(await open('https://two.test/')).toBe(false)
    answer(true)
    expect(await first).toBe(true)
    expect(asked).toEqual(['bank.test'])
  })

  it('answers false when the system cannot', async () => {
    const open = createWayOut(
      () => Promise.reject(new Error('no browser')),
      () => Promise.resolve(true),
    )
    expect(await open('https://bank.test/')).toBe(false)
  })
})
