/** A connection of our own to the D-Bus session bus: a few calls and signals, asynchronous, given up by closing it. */

import net from 'node:net'
import { type BusMessage, type IncomingMessage, messageTypes, packMessage, unpackMessage } from './dbus-message.ts'

/** The bus or a service on it answered with an error; the message is its name, such as org.freedesktop.DBus.Error.AccessDenied. */
export class BusError extends Error {}

/** `null`: there is a bus, reached in a way only the keychain library knows (tcp, autolaunch). */
export function sessionBusSocket(environment: NodeJS.ProcessEnv): string | null {
  const runtime = environment.XDG_RUNTIME_DIR
  const address = environment.DBUS_SESSION_BUS_ADDRESS || (runtime ? `unix:path=${runtime}/bus` : '')
  if (address === '') throw new BusError('DBUS_SESSION_BUS_ADDRESS and XDG_RUNTIME_DIR are not set')
  // D-Bus specification, "Server Addresses": `unix:path=/run/user/1000/bus,guid=…`, several separated by semicolons.
  for (const entry of address.split(';')) {
    const match = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(entry)
    if (!match) continue
    const name = decodeURIComponent(match[2] ?? '')
    return match[1] === 'abstract' ? `\0${name}` : name
  }
  return null
}

export type BusCall = Pick<BusMessage, 'destination' | 'path' | 'interface' | 'member' | 'body'>

export interface SessionBus {
  /** @returns the body of the reply. @throws BusError, or the error the connection was closed with */
  call(call: BusCall): Promise<IncomingMessage['body']>
  /** Waits for a signal of this object. Signals that came while a call was waited for are not lost. */
  signal(path: string, member: string): Promise<IncomingMessage['body']>
  /** Everything still waiting fails with `reason`. */
  close(reason?: Error): void
}

/** @param socketPath as sessionBusSocket gives it. Close it in every case. */
export function openSessionBus(socketPath: string): SessionBus {
  const socket = net.connect({ path: socketPath })
  const read = reader(socket)
  const signals: IncomingMessage[] = []
  let serial = 0

  const next = async (wanted: (message: IncomingMessage) => boolean): Promise<IncomingMessage> => {
    for (;;) {
      const message = await read.message()
      if (wanted(message)) return message
      if (message.type === messageTypes.signal) signals.push(message)
    }
  }
  const send = async (call: BusCall): Promise<IncomingMessage['body']> => {
    const mine = ++serial
    socket.write(packMessage({ type: messageTypes.call, serial: mine, ...call }))
    const reply = await next(({ to }) => to === mine)
    if (reply.type === messageTypes.error) throw new BusError(reply.error ?? 'unnamed error')
    return reply.body
  }
  const greeting = greet(socket, read.line).then(() => send({ ...bus, member: 'Hello' }))
  // Seen by whoever calls first; a connection closed before any call must not end the process.
  greeting.catch(() => undefined)

  return {
    async call(call) {
      await greeting
      return send(call)
    },
    async signal(path, member) {
      const wanted = (message: IncomingMessage): boolean => message.path === path && message.member === member
      return (signals.find(wanted) ?? (await next(wanted))).body
    },
    close: (reason) => void socket.destroy(reason),
  }
}

export const bus = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const

/** SASL EXTERNAL: the kernel vouches for the user id, given as the hexadecimal form of its decimal digits. */
async function greet(socket: net.Socket, line: () => Promise<string>): Promise<void> {
  const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
  socket.write(`\0AUTH EXTERNAL ${user}\r\n`)
  const answer = await line()
  if (!answer.startsWith('OK')) throw new BusError(answer)
  socket.write('BEGIN\r\n')
}

function reader(socket: net.Socket) {
  const chunks: AsyncIterator<Buffer> = socket[Symbol.asyncIterator]()
  let buffer: Buffer = Buffer.alloc(0)
  const more = async (): Promise<void> => {
    const { done, value } = await chunks.next()
    if (done) throw new BusError('the bus closed the connection')
    buffer = Buffer.concat([buffer, value])
  }
  return {
    async line(): Promise<string> {
      while (buffer.indexOf('\r\n') < 0) await more()
      const end = buffer.indexOf('\r\n')
      const text = buffer.toString('latin1', 0, end)
      buffer = buffer.subarray(end + 2)
      return text
    },
    async message(): Promise<IncomingMessage> {
      for (;;) {
        const found = unpackMessage(buffer)
        if (!found) {
          await more()
          continue
        }
        buffer = buffer.subarray(found.length)
        return found.message
      }
    },
  }
}
