import fs from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type BusValue, messageTypes, packMessage, unpackMessage } from './dbus-message.ts'
import { secretServiceState, unlockSecretService } from './secret-service.ts'
import { sessionBusSocket } from './session-bus.ts'

const keyring = '/org/freedesktop/secrets/collection/login'
const prompt = '/org/freedesktop/secrets/prompt/p1'
let folder: string
let server: net.Server
let calls: string[]
let answers: Record<string, readonly BusValue[] | string>
/** Sent when the prompt was asked for; undefined: nobody answers it. */
let dismissed: boolean | undefined
let closed: Promise<void>

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tpp-bus-'))
  calls = []
  dismissed = undefined
  answers = {
    Hello: [{ type: 's', value: ':1.7' }],
    ReadAlias: [{ type: 'o', value: keyring }],
    Get: [{ type: 'v', value: true }],
    Unlock: [
      { type: 'ao', value: [] },
      { type: 'o', value: prompt },
    ],
  }
  const gone = Promise.withResolvers<void>()
  closed = gone.promise
  server = net.createServer((socket) => socket.on('close', gone.resolve).on('error', gone.resolve) && serve(socket))
  await new Promise<void>((resolve) => server.listen(path.join(folder, 'bus'), resolve))
})
afterEach(async () => {
  server.close()
  await fs.rm(folder, { recursive: true, force: true })
})

function serve(socket: net.Socket): void {
  let buffer = Buffer.alloc(0)
  let begun = false
  socket.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk])
    if (!begun) {
      if (buffer.includes('AUTH')) socket.write('OK 1234\r\n')
      const at = buffer.indexOf('BEGIN\r\n')
      buffer = at < 0 ? Buffer.alloc(0) : buffer.subarray(at + 7)
      begun = at >= 0
    }
    for (let found = unpackMessage(buffer); found; found = unpackMessage(buffer)) {
      buffer = buffer.subarray(found.length)
      answer(socket, found.message.serial, found.message.member ?? '')
    }
  })
}

function answer(socket: net.Socket, to: number, member: string): void {
  calls.push(member)
  const signal = { type: messageTypes.signal, serial: 90, path: prompt, interface: 'org.freedesktop.Secret.Prompt' }
  const completed = packMessage({ ...signal, member: 'Completed', body: [{ type: 'b', value: dismissed ?? false }] })
  // Before its reply: such a signal must not be lost.
  if (member === 'Prompt' && dismissed !== undefined) socket.write(completed)
  const found = answers[member] ?? []
  if (typeof found === 'string') socket.write(packMessage({ type: messageTypes.error, serial: 9, to, error: found }))
  else socket.write(packMessage({ type: messageTypes.reply, serial: 9, to, body: found }))
}

const environment = (): NodeJS.ProcessEnv => ({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/bus,guid=12` })
const state = async (): Promise<string> => (await secretServiceState({ environment: environment() })).state

it('tells locked from ready by asking, without a prompt', async () => {
  expect(await state()).toBe('locked')
  answers.Get = [{ type: 'v', value: false }]
  expect(await state()).toBe('ready')
  expect(calls).not.toContain('Unlock')
})

it.each([
  ['homeless', [{ type: 'o', value: '/' }]],
  ['absent', 'org.freedesktop.DBus.Error.ServiceUnknown'],
  ['denied', 'org.freedesktop.DBus.Error.AccessDenied'],
  ['silent', 'org.freedesktop.DBus.Error.NoReply'],
] as const)('is %s when the bus says so', async (expected, said) => {
  answers.ReadAlias = said
  expect(await state()).toBe(expected)
})

it('is absent where nobody listens, silent where nobody answers', async () => {
  const nobody = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/none` }
  expect((await secretServiceState({ environment: nobody })).state).toBe('absent')
  expect((await secretServiceState({ environment: {} })).state).toBe('absent')
  server.removeAllListeners('connection')
  const answer = await secretServiceState({ environment: environment(), timeoutMilliseconds: 50 })
  expect(answer.state).toBe('silent')
})

it.each([true, false])('waits for the prompt; dismissed: %s', async (answer) => {
  dismissed = answer
  expect(await unlockSecretService(keyring, new AbortController().signal, environment())).toBe(!answer)
  expect(calls).toEqual(['Hello', 'AddMatch', 'Unlock', 'Prompt'])
})

it('shows no prompt when none is needed', async () => {
  answers.Unlock = [
    { type: 'ao', value: [keyring, keyring] },
    { type: 'o', value: '/' },
  ]
  expect(await unlockSecretService(keyring, new AbortController().signal, environment())).toBe(true)
  expect(calls).not.toContain('Prompt')
})

it('closes its connection, and with it the prompt, when aborted', async () => {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 50)
  await expect(unlockSecretService(keyring, controller.signal, environment())).rejects.toThrow('given up')
  await closed
})

it('finds the socket of the bus', () => {
  expect(sessionBusSocket({ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=x;unix:abstract=/tmp/a%20b,guid=1' })).toBe(
    '\0/tmp/a b',
  )
  expect(sessionBusSocket({ XDG_RUNTIME_DIR: '/run/user/7' })).toBe('/run/user/7/bus')
  expect(sessionBusSocket({ DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' })).toBeNull()
  expect(() => sessionBusSocket({})).toThrow()
})

it('reads back whatever it packs, whole or in pieces', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 })
  const value: fc.Arbitrary<BusValue> = fc.oneof(
    fc.record({ type: fc.constantFrom('s' as const, 'o' as const), value: text }),
    fc.record({ type: fc.constant('ao' as const), value: fc.array(text, { maxLength: 4 }) }),
    fc.record({ type: fc.constantFrom('b' as const, 'v' as const), value: fc.boolean() }),
  )
  const message = { type: 1, serial: 7, path: '/a', interface: 'b.c', member: 'D', destination: 'e.f' }
  fc.assert(
    fc.property(fc.array(value, { maxLength: 6 }), fc.nat(30), (body, missing) => {
      const bytes = packMessage({ ...message, body })
      expect(unpackMessage(bytes)).toEqual({
        message: { ...message, body: body.map((item) => item.value) },
        length: bytes.length,
      })
      expect(unpackMessage(bytes.subarray(0, Math.max(0, bytes.length - 1 - missing)))).toBeNull()
    }),
  )
})
