/** The engine of a workbench over the window's own socket: for what a test needs to be there before a person comes. */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { expect } from '@playwright/test'
import WebSocket from 'ws'
import type { Contract } from '#shared/contract/contract.ts'
import type { OrderInput } from '#shared/contract/keys.ts'
import { passphrase, type Workbench } from './workbench.ts'

export type Api = ContractRouterClient<Contract>

export const bank = 'ica-banken'
export const customer = 'Anna Andersson'

export interface Engine {
  readonly api: Api
  /** Address of the window, and the session a browser there would have. */
  readonly origin: string
  readonly cookie: { readonly name: string; readonly value: string }
  close(): void
}

/** Spends one start link. */
export async function openEngine(workbench: Workbench): Promise<Engine> {
  const link = new URL(await workbench.link())
  const answer = await fetch(`${link.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: link.origin },
    body: JSON.stringify({ start: link.hash.replace('#start=', '') }),
  })
  expect(answer.status).toBe(204)
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const socket = new WebSocket(`${link.origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin: link.origin } })
  await new Promise((open, fail) => socket.once('open', open).once('error', fail))
  const [name = '', value = ''] = cookie.split('=')
  return {
    origin: link.origin,
    cookie: { name, value },
    api: createORPCClient(new RPCLink({ websocket: socket as never })),
    close: () => socket.close(),
  }
}

/** A customer of the sandbox gives a grant, clicking by themselves. */
export async function giveGrant(api: Api, scope: string, identity?: string): Promise<void> {
  for await (const _event of await api.access.authorise({ bank, scope, psu: customer, identity })) {
    // The last event comes when the grant is stored.
  }
}

export interface Setting {
  /** What the vault is when the person comes; `open` is also what every identity needs. */
  readonly vault: 'new' | 'open'
  /** Test certificates by name, or as they are ordered; the first one is registered with the bank when there are grants or `registered`. */
  readonly identities?: readonly (string | OrderInput)[]
  readonly registered?: boolean
  readonly grants?: readonly string[]
}

export async function prepare(api: Api, { vault, identities = [], registered, grants = [] }: Setting): Promise<void> {
  if (vault === 'open') await api.workspace.unlockVault({ passphrase })
  const orders = identities.map((identity) => (typeof identity === 'string' ? { name: identity } : identity))
  for (const order of orders) await api.keys.order(order)
  const identity = orders[0]?.name
  if (identity !== undefined && (registered === true || grants.length > 0))
    await api.access.register({ bank, identity })
  for (const scope of grants) await giveGrant(api, scope, identity)
}

/** Reads the customer's accounts once: a call that works, kept in history. */
export const readAccounts = (api: Api) =>
  api.requests.send({ bank, operation: 'ica-accounts-list', parameters: { 'PSU-IP-Address': '192.0.2.7' } })
