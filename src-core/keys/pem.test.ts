import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pemBlocks, pemBytes, pemText } from './pem.ts'

const block = (label: string, body: string): string => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
const certificate = block('CERTIFICATE', 'TWFu\nTWE=')

describe('PEM text', () => {
  it.each([
    ['plain', certificate],
    ['with CRLF', certificate.replaceAll('\n', '\r\n')],
    ['with text around', `Bag Attributes\n    friendlyName: x\nsubject=C = SE\n\n${certificate}\nissuer=y`],
    ['indented', certificate.replaceAll(/^/gm, '    ')],
    ['with a byte order mark', `\ufeff${certificate}`],
    ['with lost line breaks', certificate.replaceAll('\n', ' ')],
    ['copied out of JSON', certificate.replaceAll('\n', '\\n')],
  ])('is found %s', (_form, text) => {
    expect(pemBlocks(text)).toEqual([{ label: 'CERTIFICATE', headers: [], base64: 'TWFuTWE=' }])
  })

  it('keeps RFC 1421 headers', () => {
    const text = block('RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\nTWFu')
    const [found] = pemBlocks(text)
    expect(found).toMatchObject({ headers: ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,00FF'], base64: 'TWFu' })
    expect(pemText(found!)).toBe(text)
  })

  it('knows a block that is cut off, and the one after it', () => {
    const text = `-----BEGIN PRIVATE KEY-----\nTWFu\n${certificate}`
    expect(pemBlocks(text).map(({ label, base64 }) => [label, base64])).toEqual([
      ['PRIVATE KEY', null],
      ['CERTIFICATE', 'TWFuTWE='],
    ])
    expect(pemBlocks('-----BEGIN CERT')).toEqual([{ label: '', headers: [], base64: null }])
    expect(pemBlocks(block('CERTIFICATE', 'not base64 *'))[0]?.base64).toBeNull()
    expect(pemBlocks('nothing at all')).toEqual([])
  })

  it('takes time in proportion to the text', () => {
    const started = performance.now()
    expect(pemBlocks('-----BEGIN A-----\n'.repeat(50_000))).toHaveLength(50_000)
    expect(pemBlocks(block('A', '='.repeat(900_000)))[0]?.base64).toBeNull()
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('is written from DER as Node writes it', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const der = privateKey.export({ type: 'pkcs8', format: 'der' })
    expect(pemBytes('PRIVATE KEY', der).toString()).toBe(privateKey.export({ type: 'pkcs8', format: 'pem' }))
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const [found] = pemBlocks(pemBytes('X', bytes).toString())
        expect(found?.base64).toBe(Buffer.from(bytes).toString('base64'))
      }),
    )
  })
})
