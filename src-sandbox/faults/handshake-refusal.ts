/**
 * Refuses a client certificate as servers on OpenSSL do: with an alert in the handshake. Node judges certificates only
 * after it and sends no alert of its own, so this one is written by hand: in the clear under TLS 1.2, where the server
 * has not yet changed its cipher, and sealed with the server's own traffic secret under TLS 1.3 (RFC 8446 section 5.2).
 */
import { createCipheriv, createHmac } from 'node:crypto'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { FaultyCredential } from './faulty-credentials.ts'

/** RFC 8446 section 6; in the order of the fault's choices. */
const alertNumbers: Readonly<Record<string, number>> = {
  'bad-certificate': 42,
  'certificate-revoked': 44,
  'certificate-expired': 45,
  'unknown-ca': 48,
}
/** Between alert and close: with both at once it is chance which of them a client tells of. */
const lingerMilliseconds = 100
const handshakeFailure = 40
const certificateRequired = 116

export interface HandshakeRefusal {
  /** A key of the table above; anything else closes the connection without a word. */
  readonly alert: string
  readonly version: '1.2' | '1.3'
}

const alertContent = (number: number): Buffer => Buffer.from([2, number])

const plainRecord = (number: number): Buffer => Buffer.concat([Buffer.from([21, 3, 3, 0, 2]), alertContent(number)])

/** HKDF-Expand-Label with an empty context, of at most one block (RFC 8446 section 7.1). */
function expandLabel(secret: Buffer, name: string, length: number): Buffer {
  const label = Buffer.from(`tls13 ${name}`)
  const info = Buffer.concat([Buffer.from([0, length, label.length]), label, Buffer.from([0, 1])])
  return createHmac('sha256', secret).update(info).digest().subarray(0, length)
}

/** The first record under this secret: its sequence number is 0, so the nonce is the IV itself. */
function sealedRecord(number: number, secret: Buffer): Buffer {
  const content = Buffer.concat([alertContent(number), Buffer.from([21])])
  const head = Buffer.from([23, 3, 3, 0, content.length + 16])
  const cipher = createCipheriv('aes-128-gcm', expandLabel(secret, 'key', 16), expandLabel(secret, 'iv', 12))
  cipher.setAAD(head)
  return Buffer.concat([head, cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

function alertFor({ alert, version }: HandshakeRefusal, showed: boolean): number | null {
  const number = alertNumbers[alert]
  if (number === undefined) return null
  if (showed) return number
  return version === '1.3' ? certificateRequired : handshakeFailure
}

/** Takes over a TCP connection on which nothing has been read. */
export function refuseInHandshake(raw: Socket, credential: FaultyCredential, refusal: HandshakeRefusal): void {
  let refused = false
  const tunnel = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      // Whatever the server would say after the handshake (session tickets, its own Finished) is not said.
      if (refused || raw.destroyed) done()
      else raw.write(chunk, () => done())
    },
  })
  raw.on('data', (chunk: Buffer) => tunnel.push(chunk))
  raw.on('error', () => undefined)
  raw.on('close', () => tunnel.destroy())
  const version = `TLSv${refusal.version}` as const
  const server = new TLSSocket(tunnel, {
    isServer: true,
    requestCert: true,
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
    secureContext: createSecureContext({
      ...credential,
      minVersion: version,
      maxVersion: version,
      ciphers: 'TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256',
    }),
  })
  server.on('error', () => raw.destroy())
  let secret: Buffer | null = null
  server.on('keylog', (line: Buffer) => {
    const found = /^SERVER_TRAFFIC_SECRET_0 \S+ ([0-9a-f]+)/.exec(line.toString('latin1'))?.[1]
    if (found) secret = Buffer.from(found, 'hex')
  })
  server.on('secure', () => {
    refused = true
    const number = alertFor(refusal, server.getPeerX509Certificate() !== undefined)
    if (number === null) raw.destroy()
    else {
      raw.write(secret ? sealedRecord(number, secret) : plainRecord(number))
      setTimeout(() => raw.end(), lingerMilliseconds)
    }
  })
}
