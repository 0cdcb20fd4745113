/** A client on nothing but TCP and TLS: says what arrived, in which pieces, and how the connection ended. */
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'

export interface RawTarget {
  /** https URL. */
  readonly url: string
  readonly ca: string
  /** PEM; left out, no client certificate is shown. */
  readonly identity?: { readonly key: string; readonly certificate: string } | undefined
}

export interface RawRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds after which the client has waited long enough. */
  readonly patience?: number
  readonly minVersion?: 'TLSv1.1' | 'TLSv1.2'
}

export interface RawAnswer {
  /** `complete`: as announced; `end`: the server ended its side before that; `silence`: patience ran out; else the error's code. */
  readonly ending: string
  readonly status: number
  readonly head: string
  readonly body: Buffer
  /** Milliseconds from the request to its first byte, and to its last. */
  readonly firstByte: number
  readonly lastByte: number
  /** How often bytes came. */
  readonly pieces: number
  readonly protocol: string | null
  readonly serverNames: string
}

function messageOf({ url }: RawTarget, { method = 'GET', headers = {}, body = '' }: RawRequest): string {
  const { host, pathname, search } = new URL(url)
  const fields = Object.entries({ host, ...headers, ...(body === '' ? {} : { 'content-length': String(body.length) }) })
  return `${method} ${pathname}${search} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}

/** Undoes the chunked coding, as far as it came; null while its end is missing. */
function unchunked(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    if (size === 0) return Buffer.concat(parts)
    parts.push(bytes.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}

function read(bytes: Buffer): { head: string; body: Buffer; complete: boolean } {
  const blank = bytes.indexOf('\r\n\r\n')
  if (blank < 0) return { head: bytes.toString('latin1'), body: Buffer.alloc(0), complete: false }
  const head = bytes.toString('latin1', 0, blank)
  const rest = bytes.subarray(blank + 4)
  if (/^transfer-encoding: chunked/im.test(head)) {
    const body = unchunked(rest)
    return { head, body: body ?? rest, complete: body !== null }
  }
  const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
  return { head, body: rest, complete: rest.length >= length }
}

export function rawExchange(target: RawTarget, request: RawRequest = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(target.url)
  const { identity } = target
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let [began, first, last] = [0, 0, 0]
    let protocol: string | null = null
    let serverNames = ''
    const socket: TLSSocket = connect({
      host: hostname,
      port: Number(port),
      ca: target.ca,
      ...(identity ? { key: identity.key, cert: identity.certificate } : {}),
      allowHalfOpen: true,
      ...(request.minVersion === 'TLSv1.1' ? ({ minVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const) : {}),
    } as ConnectionOptions)
    const finish = (ending: string): void => {
      clearTimeout(timer)
      const bytes = Buffer.concat(parts)
      const { head, body } = read(bytes)
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
      const times = { firstByte: first - began, lastByte: last - began, pieces: parts.length }
      resolve({ ending, status, head, body, ...times, protocol, serverNames })
      socket.destroy()
    }
    const timer = setTimeout(() => finish('silence'), request.patience ?? 20_000)
    socket.on('secureConnect', () => {
      protocol = socket.getProtocol()
      serverNames = socket.getPeerCertificate().subjectaltname ?? ''
      began = performance.now()
      socket.write(messageOf(target, request))
    })
    socket.on('data', (part: Buffer) => {
      last = performance.now()
      first ||= last
      parts.push(part)
      // Looking at the whole of a huge body with each piece would take for ever.
      if (parts.length < 1000 && read(Buffer.concat(parts)).complete) finish('complete')
    })
    socket.on('error', (cause: NodeJS.ErrnoException) => finish(cause.code ?? cause.message))
    socket.on('end', () => finish(read(Buffer.concat(parts)).complete ? 'complete' : 'end'))
    socket.on('close', () => finish('closed'))
  })
}
