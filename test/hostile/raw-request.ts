/** Sends bytes no HTTP client would let through and reads what comes back. */
import { connect } from 'node:net'

export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  readonly status: number
  readonly text: string
}

/** @param lines the request line and headers; the empty line and the body follow. */
export function rawRequest(port: number, lines: readonly string[], body = ''): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port })
    let text = ''
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no end after: ${text}`)))
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      text += chunk
      // A kept connection has said what it had to say once a whole answer is there.
      if (/\r\n\r\n/.test(text) && lengthReached(text)) socket.end()
    })
    socket.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? undefined : reject(error)))
    socket.once('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text }))
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1')
  })
}

function lengthReached(text: string): boolean {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  return rest.join('\r\n\r\n').length >= Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
}
