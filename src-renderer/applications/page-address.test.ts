import { describe, expect, it } from 'vitest'
import { pageAddress } from './page-address.ts'

describe('an address of an answer', () => {
  it.each([
    ['https://sign.example/session?id=1', [], false, 'sign.example'],
    ['http://127.0.0.1:4001/signing/session', [], true, '127.0.0.1:4001'],
    ['bankid:///?autostarttoken=1', ['bankid'], false, 'bankid'],
  ])('%s is opened', (text, schemes, here, host) => {
    expect(pageAddress(text, schemes, here)).toMatchObject({ host, refused: null })
  })

  it.each([
    ['return-url.com/complete', [], true],
    ['http://127.0.0.1:4001/signing', [], false],
    ['http://sign.example/', [], true],
    ['javascript:alert(1)', ['bankid'], true],
    ['file:///etc/passwd', [], true],
    ['https://bank.example@evil.example/', [], false],
    ['https://sign.example/\u0000', [], false],
    ['myapp://{ledgerNo}example', ['bankid'], false],
  ])('%s is shown only', (text, schemes, here) => {
    expect(pageAddress(text, schemes, here).href).toBeNull()
    expect(pageAddress(text, schemes, here).refused).toMatch(/\.$/)
  })
})
