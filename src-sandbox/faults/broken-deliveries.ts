/** Answers that do not arrive as they should: late pieces, no end, too much of it. */
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import type { Transmit } from '#sandbox/net/answer.ts'
import { resetConnection } from '#sandbox/net/raw-sockets.ts'

const mebibyte = 1024 * 1024

/** Sends a body of its own making; a client that stops reading is no mistake of ours. */
const stream = (response: ServerResponse, parts: Iterable<Buffer>): Promise<void> =>
  pipeline(Readable.from(parts, { objectMode: true, highWaterMark: 4 }), response).catch(() => undefined)

/** @param rate bytes per second. */
export const drip =
  (rate: number): Transmit =>
  (response, body) => {
    response.setHeader('content-length', body.length).flushHeaders()
    // Ten pieces a second, or single bytes where that is faster than the rate.
    const piece = Math.max(1, Math.round(rate / 10))
    let sent = 0
    const timer = setInterval(
      () => {
        response.write(body.subarray(sent, sent + piece))
        sent += piece
        if (sent < body.length) return
        clearInterval(timer)
        response.end()
      },
      (piece / rate) * 1000,
    )
    response.once('close', () => clearInterval(timer))
  }

export const hang: Transmit = () => undefined

/** The head and so many bytes of the body, announced as more than that. */
function begin(response: ServerResponse, body: Buffer, after: number): Promise<void> {
  if (after === 0) return Promise.resolve()
  const part = body.subarray(0, Math.min(after, Math.max(0, body.length - 1)))
  response.setHeader('content-length', Math.max(body.length, 1)).flushHeaders()
  return new Promise((resolve) => {
    response.once('close', resolve)
    // A reset throws away what the client has not read yet, so it is given a moment to.
    response.write(part, () => setTimeout(resolve, 100))
    if (part.length === 0) setTimeout(resolve, 100)
  })
}

export const resetAfter =
  (after: number): Transmit =>
  async (response, body) => {
    const { socket } = response
    await begin(response, body, after)
    if (socket) resetConnection(socket)
  }

export const halfCloseAfter =
  (after: number): Transmit =>
  async (response, body) => {
    const { socket } = response
    await begin(response, body, after)
    socket?.end()
  }

/** What comes before and after the padding, so that both and it are one JSON object with the members it had. */
function around(body: Buffer): readonly [Buffer, Buffer] {
  const text = body.toString('utf8').trim()
  const open = /^\{\s*\}$/.test(text) || !text.startsWith('{') || !text.endsWith('}') ? '{' : `${text.slice(0, -1)},`
  return [Buffer.from(`${open}"padding":"`), Buffer.from('"}')]
}

/** `count` bytes of padding, in pieces that share their memory. */
function* padded(before: Buffer, count: number, after: Buffer): Generator<Buffer> {
  yield before
  const piece = Buffer.alloc(Math.min(count, mebibyte), 'x')
  for (let left = count; left > 0; left -= piece.length) yield piece.subarray(0, left)
  yield after
}

/** @param size bytes of the whole body. */
export const huge =
  (size: number): Transmit =>
  (response, body) => {
    const [before, after] = around(body)
    const count = Math.max(0, size - before.length - after.length)
    response.setHeader('content-length', before.length + count + after.length)
    return stream(response, padded(before, count, after))
  }

const packed = (bytes: Buffer, flush: number): Buffer => deflateRawSync(bytes, { level: 9, finishFlush: flush })

/** One gzip member (RFC 1952): blocks that end on a byte can be repeated without compressing them again. */
function* gzipped(before: Buffer, count: number, after: Buffer): Generator<Buffer> {
  yield Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff])
  let checksum = 0
  const seen = (bytes: Buffer): Buffer => {
    checksum = crc32(bytes, checksum)
    return bytes
  }
  yield packed(seen(before), constants.Z_FULL_FLUSH)
  const piece = Buffer.alloc(mebibyte, 'x')
  const block = packed(piece, constants.Z_FULL_FLUSH)
  let left = count
  for (; left >= piece.length; left -= piece.length) {
    seen(piece)
    yield block
  }
  yield packed(Buffer.concat([seen(piece.subarray(0, left)), seen(after)]), constants.Z_FINISH)
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(checksum, 0)
  trailer.writeUInt32LE((before.length + count + after.length) % 2 ** 32, 4)
  yield trailer
}

/** @param size bytes of the body once it is decompressed. */
export const gzipBomb =
  (size: number): Transmit =>
  (response, body) => {
    const [before, after] = around(body)
    response.setHeader('content-encoding', 'gzip')
    return stream(response, gzipped(before, Math.max(0, size - before.length - after.length), after))
  }
