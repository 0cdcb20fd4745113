import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { longestContent, qrCode } from './qr-code.ts'
import { qrCodeDataUrl } from './qr-code-image.ts'

const digestOf = (text: string): string =>
  createHash('sha256')
    .update(
      qrCode(text)
        .map((row) => row.map(Number).join(''))
        .join('\n'),
    )
    .digest('hex')

it('draws what an independent encoder draws', () => {
  // SHA-256 of the modules the npm package qrcode 1.5.4 makes with version 5, level L, byte mode, mask 0.
  expect(digestOf('bankid.67df3917fa0d44e5b327edcc928297f8.0.dc69358e712458a66a7525beef148ae8')).toBe(
    '782969765fc506e08ad0d396a466c14aa5930b7a37eccafc4d730496b7f9b00d',
  )
  expect(digestOf('')).toBe('01c7663333145f312a014d7a982748a3afcdcdbd6dde989777dfc541abdf2323')
  expect(digestOf('å'.repeat(53))).toBe('132d55033aa8dff232e80e6852526dcbb8492674d8549067afe56c3a5a2ca8c7')
})

it('takes as much as a code of this size holds', () => {
  expect(() => qrCode('x'.repeat(longestContent))).not.toThrow()
  expect(() => qrCode('x'.repeat(longestContent + 1))).toThrow()
})

it('puts the code into a PNG with a quiet zone of four modules', () => {
  const [type, data = ''] = qrCodeDataUrl('bankid.x').split(',')
  expect(type).toBe('data:image/png;base64')
  const png = Buffer.from(data, 'base64')
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([180, 180])
  const length = png.readUInt32BE(33)
  const lines = inflateSync(png.subarray(41, 41 + length))
  const dark = (row: number, column: number): boolean =>
    ((lines[row * 24 + 1 + (column >> 3)] ?? 0) & (0x80 >> (column & 7))) === 0
  const modules = qrCode('bankid.x')
  expect(dark(15, 15)).toBe(false)
  for (const [row, line] of modules.entries())
    for (const [column, module] of line.entries()) expect(dark(16 + row * 4, 19 + column * 4)).toBe(module)
})
