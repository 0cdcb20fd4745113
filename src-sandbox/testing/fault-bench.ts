/** A sandbox with one registered TPP that can have faults set and speaks on the bare wire. */
import { readFileSync } from 'node:fs'
import type { SandboxFault, SandboxLogEntry } from '#shared/sandbox-protocol.ts'
import { type RawAnswer, type RawRequest, rawExchange } from './raw-client.ts'
import { openBench, type TestBench } from './test-bench.ts'
import type { ControlAnswer, TestIdentity } from './test-control.ts'
import { callbackUri, type TestTpp } from './test-tpp.ts'

export type FaultWish = Pick<SandboxFault, 'fault'> & Partial<SandboxFault>

export interface FaultBench {
  readonly bench: TestBench
  readonly identity: TestIdentity
  readonly tpp: TestTpp
  /** Of a grant for accounts. */
  readonly tokens: { readonly access: string; readonly refresh: string }
  set(...faults: FaultWish[]): Promise<ControlAnswer>
  /** GET of the accounts on a connection of its own. */
  accounts(request?: RawRequest, identity?: TestIdentity | null): Promise<RawAnswer>
  /** Any operation of the bank on a connection of its own. */
  raw(operation: string, request: RawRequest): Promise<RawAnswer>
  /** Newest first. */
  log(): Promise<SandboxLogEntry[]>
  close(): Promise<void>
}

export const faultyBank = 'ica-banken'

export async function openFaultBench(): Promise<FaultBench> {
  const bench = await openBench()
  const identity = await bench.identity()
  const tpp = bench.tpp(identity)
  const oid = identity.organizationIdentifier
  await tpp.call('ica-register-client', { body: { oid, callbackUri: [callbackUri] } })
  const tokens = await bench.tokens(tpp, 'account')
  const { running } = bench.sandbox
  const ca = readFileSync(running.ca, 'utf8')
  const urls = running.banks.find(({ id }) => id === faultyBank)?.urls ?? {}
  const raw = (operation: string, request: RawRequest, shown: TestIdentity | null = identity) => {
    const { host, path, method } = bench.documented.operation(operation)
    return rawExchange({ url: `${urls[host]}${path}`, ca, identity: shown ?? undefined }, { method, ...request })
  }
  const headers = { authorization: `Bearer ${tokens.access}`, 'psu-ip-address': '192.0.2.7' }
  return {
    bench,
    identity,
    tpp,
    tokens,
    raw,
    set: (...faults) =>
      bench.control.send(
        'PUT',
        `/tenants/${oid}/faults`,
        faults.map((fault) => ({ bank: faultyBank, ...fault })),
      ),
    accounts: (request = {}, shown) => raw('ica-accounts-list', { headers, ...request }, shown),
    log: async () => (await bench.control.send('GET', `/tenants/${oid}/log`)).json as SandboxLogEntry[],
    close: () => bench.close(),
  }
}
