/** Draws a QR code as a PNG in a data URL: one bit per pixel, four pixels per module, quiet zone included. */
import { crc32, deflateSync } from 'node:zlib'
import { qrCode } from './qr-code.ts'

const pixelsPerModule = 4
const quietModules = 4

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** Filter byte 0, then eight pixels to the byte; 1 is white. */
function scanline(modules: readonly boolean[], width: number): Buffer {
  const line = Buffer.alloc(1 + Math.ceil(width / 8))
  for (let pixel = 0; pixel < width; pixel += 1) {
    const dark = modules[Math.floor(pixel / pixelsPerModule) - quietModules] ?? false
    if (!dark) line[1 + (pixel >> 3)] = (line[1 + (pixel >> 3)] ?? 0) | (0x80 >> (pixel & 7))
  }
  return line
}

export function qrCodeDataUrl(text: string): string {
  const code = qrCode(text)
  const width = (code.length + 2 * quietModules) * pixelsPerModule
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(width, 4)
  // Bit depth 1, greyscale; compression, filter and interlace as every PNG has them.
  header[8] = 1
  const rows = Array.from({ length: width }, (_, pixel) =>
    scanline(code[Math.floor(pixel / pixelsPerModule) - quietModules] ?? [], width),
  )
  const png = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return `data:image/png;base64,${png.toString('base64')}`
}
