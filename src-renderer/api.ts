/** The window's only door out: one typed client of the contract over the transport its host gives it. */

import type { ClientLink } from '@orpc/client'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { create } from 'zustand'
import type { Contract } from '#shared/contract/contract.ts'
import { Fault } from '#shared/fault.ts'
import { fromWire } from '#shared/wire.ts'

export type Api = ContractRouterClient<Contract>

/** `refused`: the page has no session with its host; a fresh link is needed. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused'

export const useConnection = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }))
const say = (state: ConnectionState) => useConnection.setState({ state })

type Link = ClientLink<Record<never, never>>
let link: Promise<Link>

/** Milliseconds between tries to reach a host that went away. */
const pauses = [250, 500, 1000, 2000, 4000]

function connectPort(): Promise<Link> {
  const { port1, port2 } = new MessageChannel()
  window.postMessage('tpp:connect', '*', [port2])
  port1.start()
  say('open')
  return Promise.resolve(new PortLink({ port: port1 }))
}

/** The start token stands in the fragment, which no server sees; it is spent at once and taken out of the address. */
async function openSession(): Promise<boolean> {
  const token = /^#start=(.+)$/.exec(location.hash)?.[1]
  if (token !== undefined) {
    history.replaceState(null, '', location.pathname)
    const answer = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ start: token }),
    })
    if (answer.ok) return true
  }
  return (await fetch('/session')).ok
}

function openSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`)
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socket), { once: true })
    socket.addEventListener('error', () => reject(new Fault('NETWORK_RESET', 'The workbench cannot be reached.')), {
      once: true,
    })
  })
}

async function connectSocket(tries = 0): Promise<Link> {
  try {
    if (!(await openSession())) {
      say('refused')
      return await new Promise<never>(() => {})
    }
    const socket = await openSocket()
    say('open')
    socket.addEventListener('close', () => {
      say('lost')
      link = connectSocket()
    })
    return new SocketLink({ websocket: socket })
  } catch {
    say('lost')
    await new Promise((resolve) => setTimeout(resolve, pauses[Math.min(tries, pauses.length - 1)]))
    return connectSocket(tries + 1)
  }
}

/** Starts the connection; calls made before it stands wait for it. */
export function connect(): void {
  link = location.protocol === 'app:' ? connectPort() : connectSocket()
}

/** Every failure a caller sees is a Fault. */
const reconnecting: Link = {
  async call(path, input, options) {
    try {
      return await (await link).call(path, input, options)
    } catch (error) {
      throw fromWire(error)
    }
  },
}

export const api: Api = createORPCClient(reconnecting)
