/** Puts the sandbox together: its home, its CAs, one server per bank host and the control API. */
import type { Server } from 'node:http'
import { findBanksFolder, readBankFolder } from '#sandbox/bank/bank-folder.ts'
import { listenersOf, serveBank } from '#sandbox/bank/bank-server.ts'
import { openRouter, operationIds } from '#sandbox/bank/operation-router.ts'
import { problemRows } from '#sandbox/bank/problem-rows.ts'
import { simulatedBanks } from '#sandbox/banks/simulated-banks.ts'
import { openBrowse } from '#sandbox/control/browse.ts'
import { type ControlParts, createControlServer } from '#sandbox/control/control-server.ts'
import type { SteeredBank } from '#sandbox/control/steering.ts'
import { openTenantTokens } from '#sandbox/control/tenant-tokens.ts'
import { type FaultDesk, openFaultDesk } from '#sandbox/faults/fault-desk.ts'
import { readFileIfThere } from '#sandbox/home/atomic-file.ts'
import type { SandboxHome } from '#sandbox/home/sandbox-home.ts'
import { type Exposure, loopbackOnly, urlHost } from '#sandbox/net/exposure.ts'
import { listenOn } from '#sandbox/net/listen.ts'
import { openPortPlan, type PortPlan } from '#sandbox/net/port-plan.ts'
import { openRequestRate, type RequestRate } from '#sandbox/net/request-rate.ts'
import { openServerCredential, type ServerCredential } from '#sandbox/pki/server-credential.ts'
import { openQtsp, type Qtsp } from '#sandbox/qtsp/qtsp.ts'
import { openSavedState, type SavedState } from '#sandbox/state/saved-state.ts'
import { newSecret } from '#sandbox/state/secret-digest.ts'
import { Fault } from '#shared/fault.ts'
import type { SandboxRunning } from '#shared/sandbox-protocol.ts'
import type { BankFolder } from './bank/bank-folder.ts'
import type { ProgramArguments } from './program-arguments.ts'

export interface Sandbox {
  readonly running: SandboxRunning
  /** Stops listening and keeps the state. */
  stop(): void
}

interface Workshop {
  readonly state: SavedState
  readonly qtsp: Qtsp
  readonly credential: ServerCredential
  readonly faults: FaultDesk
  readonly ports: PortPlan
  readonly servers: Server[]
  readonly exposure: Exposure
  readonly rate: RequestRate
}

function foldersFor(wanted: ProgramArguments, compiled: string): ReadonlyMap<string, BankFolder> {
  const resources = findBanksFolder(wanted.resources)
  const ids = wanted.banks.length > 0 ? wanted.banks : Object.keys(simulatedBanks)
  const unknown = ids.find((id) => !Object.hasOwn(simulatedBanks, id))
  if (unknown)
    throw new Fault(
      'BANK_UNKNOWN',
      `The sandbox simulates no bank ${unknown}; it simulates ${Object.keys(simulatedBanks).join(', ')}.`,
    )
  return new Map(ids.map((id) => [id, readBankFolder(resources, id, compiled)]))
}

async function openBank(id: string, folder: BankFolder, workshop: Workshop): Promise<SteeredBank> {
  const { tenants } = workshop.state
  let urls: Readonly<Record<string, string>> = {}
  const create = simulatedBanks[id]
  if (!create) throw new Fault('BANK_UNKNOWN')
  const rows = problemRows(folder.rows)
  const { trust } = workshop.qtsp
  const bank = create({ folder, rows, tenants, trust, baseUrl: (host) => urls[host] ?? '' })
  const router = await openRouter(folder.openapi)
  const served = await serveBank({ ...workshop, trust, tenants, bank, folder, router })
  workshop.servers.push(...served.servers)
  urls = served.urls
  return { bank, urls, pages: served.pages, operations: operationIds(folder.openapi) }
}

/** Plain http on this machine; where other machines may come, TLS for them beside it. @returns the base URLs. */
async function openControl(workshop: Workshop, parts: () => ControlParts | null) {
  const { exposure, ports, rate, credential } = workshop
  const door = async (name: string, { address, hosts, shared }: Exposure): Promise<string> => {
    let port = 0
    const own = () => ({ port, hosts })
    const server = createControlServer({ parts, own, rate, ...(shared ? { tls: credential } : {}) })
    port = await listenOn(server, ports.wanted(name), 'its control API', address)
    ports.took(name, port)
    workshop.servers.push(server)
    return `${shared ? 'https' : 'http'}://${urlHost(hosts[0])}:${port}`
  }
  const control = await door('control', loopbackOnly)
  return { control, shared: exposure.shared ? await door('control-shared', exposure) : null }
}

function stop({ servers, state }: Workshop): void {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  state.flush()
}

async function openEverything(wanted: ProgramArguments, home: SandboxHome, servers: Server[]): Promise<Sandbox> {
  const folders = foldersFor(wanted, home.compiled)
  const listeners = [...folders].flatMap(([id, { profile }]) => listenersOf(id, profile))
  const { exposure } = wanted
  const ports = openPortPlan(home.ports, wanted.basePort, ['control', ...listeners, 'control-shared'])
  const qtsp = await openQtsp(home)
  const credential = await openServerCredential(home.authorities, exposure.hosts)
  const state = openSavedState(home.state)
  const { tenants } = state
  const faults = openFaultDesk({ tenants, credential, exposure, authorities: home.authorities, servers })
  const workshop: Workshop = { state, qtsp, credential, faults, ports, servers, exposure, rate: openRequestRate() }
  let parts: ControlParts | null = null
  const { control, shared } = await openControl(workshop, () => parts)
  const banks = new Map<string, SteeredBank>()
  for (const [id, folder] of folders) banks.set(id, await openBank(id, folder, workshop))
  await faults.prepare(tenants.all().flatMap((tenant) => tenant.faults))
  ports.remember()
  const token = newSecret()
  const tokens = openTenantTokens(home.tenantTokens)
  const browse = openBrowse(exposure, readFileIfThere(credential.ca) ?? '')
  parts = { sandbox: { control: shared ?? control, qtsp, tenants, banks, faults, tokens, browse }, token }
  const listed = [...banks].map(([id, { urls }]) => ({ id, urls: { ...urls } }))
  const { address, hosts } = exposure
  const reached = shared === null ? {} : { shared: { control: shared, address, hosts: [...hosts] } }
  return {
    running: { ready: true, control, ca: credential.ca, banks: listed, ...reached, pid: process.pid, token },
    stop: () => stop(workshop),
  }
}

/** @throws Fault SANDBOX_PORT_TAKEN, BANK_UNKNOWN, FILE_UNREADABLE; nothing stays open then. */
export async function openSandbox(wanted: ProgramArguments, home: SandboxHome): Promise<Sandbox> {
  const servers: Server[] = []
  try {
    return await openEverything(wanted, home, servers)
  } catch (cause) {
    for (const server of servers) server.close()
    throw cause
  }
}
