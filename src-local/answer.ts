/** Every answer of the local host, whatever its status, carries the same headers against being read, framed, kept or sniffed. */
import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { windowHeaders } from '#core/window-files.ts'

/** Those Chromium knows on every platform: of others it complains on the console of each page. */
const deniedFeatures = [
  'accelerometer',
  'autoplay',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]

/** Beside those of every host, what holds off the other pages of a browser. */
export const securityHeaders: Readonly<Record<string, string>> = {
  ...windowHeaders,
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Copying to the clipboard is the one thing the window asks a browser for.
  'permissions-policy': [...deniedFeatures.map((name) => `${name}=()`), 'clipboard-write=(self)'].join(', '),
  'cache-control': 'no-store',
}

/** What is said with a status; for 204 and the like nothing. */
export interface Answer {
  readonly status: number
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

export function answer(response: ServerResponse, { status, text = '', headers = {} }: Answer): void {
  const body = Buffer.from(text)
  const type = text === '' ? {} : { 'content-type': 'text/plain; charset=utf-8' }
  const length = status === 204 ? {} : { 'content-length': String(body.length) }
  response.writeHead(status, { ...securityHeaders, ...type, ...length, ...headers })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

/** The same where Node hands over a bare connection: what asked to be upgraded, and what is no HTTP. */
export function refuseConnection(socket: Duplex, status: number): void {
  const lines = Object.entries({ ...securityHeaders, connection: 'close', 'content-length': '0' })
  socket.once('error', () => socket.destroy())
  socket.once('finish', () => socket.destroy())
  socket.end(
    [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines.map(([name, value]) => `${name}: ${value}`), '', ''].join(
      '\r\n',
    ),
  )
}
