/**
 * Asks the Secret Service of this session whether it is there and unlocked, and has it ask a person to unlock it
 * (Secret Service API 0.2). The keychain library cannot do either well: reading an item of a locked keyring opens a prompt,
 * waiting for that prompt holds a thread that even process.exit waits for, and a silent service blocks the whole process.
 */

import { BusError, bus, openSessionBus, type SessionBus, sessionBusSocket } from './session-bus.ts'

/** `homeless`: the service has no default keyring; `unknown`: the bus is reached in a way only the library knows. */
export type ServiceState = 'ready' | 'locked' | 'homeless' | 'absent' | 'denied' | 'silent' | 'unknown'

export interface ServiceAnswer {
  readonly state: ServiceState
  /** What the bus or the socket said, or the path of the keyring; for a log, not for a person. */
  readonly detail: string
}

interface Where {
  readonly environment?: NodeJS.ProcessEnv
  /** 3,000 unless told: the bus may have to start the service first. */
  readonly timeoutMilliseconds?: number
}

const service = { destination: 'org.freedesktop.secrets', path: '/org/freedesktop/secrets' } as const
const serviceInterface = { ...service, interface: 'org.freedesktop.Secret.Service' } as const

/** Changes nothing, shows nothing, never throws. */
export async function secretServiceState(where: Where = {}): Promise<ServiceAnswer> {
  let late = false
  let connection: SessionBus | undefined
  const timer = setTimeout(() => {
    late = true
    connection?.close(new BusError('no answer in time'))
  }, where.timeoutMilliseconds ?? 3_000)
  try {
    const socket = sessionBusSocket(where.environment ?? process.env)
    if (socket === null) return { state: 'unknown', detail: 'the address of the session bus is no Unix socket' }
    connection = openSessionBus(socket)
    return await ask(connection)
  } catch (error) {
    const detail = (error as Error).message
    if (late) return { state: 'silent', detail }
    if (/AccessDenied|AuthFailed|REJECTED|EACCES|EPERM/.test(detail)) return { state: 'denied', detail }
    return { state: /Timeout|TimedOut|NoReply/.test(detail) ? 'silent' : 'absent', detail }
  } finally {
    clearTimeout(timer)
    connection?.close()
  }
}

async function ask(connection: SessionBus): Promise<ServiceAnswer> {
  const alias = { ...serviceInterface, member: 'ReadAlias', body: [{ type: 's', value: 'default' }] } as const
  const [keyring] = await connection.call(alias)
  if (typeof keyring !== 'string' || keyring === '/') return { state: 'homeless', detail: 'no default keyring' }
  const [locked] = await connection.call({
    destination: service.destination,
    path: keyring,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    body: [
      { type: 's', value: 'org.freedesktop.Secret.Collection' },
      { type: 's', value: 'Locked' },
    ],
  })
  return { state: locked === true ? 'locked' : 'ready', detail: keyring }
}

/**
 * Lets the service show its own prompt. Aborting `signal` closes our connection, and the service its prompt with it.
 * @param keyring path of the default keyring: `detail` of a `locked` answer.
 * @returns false when the prompt was dismissed; also when there was nowhere to show it.
 * @throws Error of the bus, or `signal.reason`
 */
export async function unlockSecretService(
  keyring: string,
  signal: AbortSignal,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  const socket = sessionBusSocket(environment)
  if (socket === null) return true
  signal.throwIfAborted()
  const connection = openSessionBus(socket)
  const giveUp = (): void => connection.close(new BusError('given up'))
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    const rule = "type='signal',interface='org.freedesktop.Secret.Prompt',member='Completed'"
    await connection.call({ ...bus, member: 'AddMatch', body: [{ type: 's', value: rule }] })
    const unlock = { ...serviceInterface, member: 'Unlock', body: [{ type: 'ao', value: [keyring] }] } as const
    const [, prompt] = await connection.call(unlock)
    // "/" means that no prompt is needed: it was unlocked by the call or meanwhile.
    if (typeof prompt !== 'string' || prompt === '/') return true
    await connection.call({
      destination: service.destination,
      path: prompt,
      interface: 'org.freedesktop.Secret.Prompt',
      member: 'Prompt',
      // The id of a window the prompt should stand before; we have none to name.
      body: [{ type: 's', value: '' }],
    })
    const [dismissed] = await connection.signal(prompt, 'Completed')
    return dismissed !== true
  } finally {
    signal.removeEventListener('abort', giveUp)
    connection.close()
  }
}
