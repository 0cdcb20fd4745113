/** Puts the sandbox together: its home, its CAs, one server per bank host and the control API. */
import type { Server } from 'node:http'
import { findBanksFolder, readBankFolder } from '#sandbox/bank/bank-folder.ts'
import { listenersOf, serveBank } from '#sandbox/bank/bank-server.ts'
import { openRouter } from '#sandbox/bank/operation-router.ts'
import { problemRows } from '#sandbox/bank/problem-rows.ts'
import { simulatedBanks } from '#sandbox/banks/simulated-banks.ts'
import type { SteeredBank } from '#sandbox/control/control-routes.ts'
import { type ControlParts, createControlServer } from '#sandbox/control/control-server.ts'
import type { SandboxHome } from '#sandbox/home/sandbox-home.ts'
import { listenOnLoopback } from '#sandbox/net/listen.ts'
import { openPortPlan, type PortPlan } from '#sandbox/net/port-plan.ts'
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
  readonly ports: PortPlan
  readonly servers: Server[]
}

function foldersFor(wanted: ProgramArguments): ReadonlyMap<string, BankFolder> {
  const resources = findBanksFolder(wanted.resources)
  const ids = wanted.banks.length > 0 ? wanted.banks : Object.keys(simulatedBanks)
  const unknown = ids.find((id) => !Object.hasOwn(simulatedBanks, id))
  if (unknown)
    throw new Fault(
      'BANK_UNKNOWN',
      `The sandbox simulates no bank ${unknown}; it simulates ${Object.keys(simulatedBanks).join(', ')}.`,
    )
  return new Map(ids.map((id) => [id, readBankFolder(resources, id)]))
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
  const served = await serveBank({ ...workshop, tenants, bank, folder, router })
  workshop.servers.push(...served.servers)
  urls = served.urls
  return { bank, urls }
}

async function openControl(workshop: Workshop, parts: () => ControlParts | null): Promise<number> {
  const server = createControlServer(parts)
  const port = await listenOnLoopback(server, workshop.ports.wanted('control'), 'its control API')
  workshop.ports.took('control', port)
  workshop.servers.push(server)
  return port
}

function stop({ servers, state }: Workshop): void {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  state.flush()
}

async function openEverything(wanted: ProgramArguments, home: SandboxHome, servers: Server[]): Promise<Sandbox> {
  const folders = foldersFor(wanted)
  const listeners = [...folders].flatMap(([id, { profile }]) => listenersOf(id, profile))
  const ports = openPortPlan(home.ports, wanted.basePort, ['control', ...listeners])
  const [qtsp, credential] = [await openQtsp(home), await openServerCredential(home.authorities)]
  const workshop: Workshop = { state: openSavedState(home.state), qtsp, credential, ports, servers }
  let parts: ControlParts | null = null
  const port = await openControl(workshop, () => parts)
  const control = `http://127.0.0.1:${port}`
  const banks = new Map<string, SteeredBank>()
  for (const [id, folder] of folders) banks.set(id, await openBank(id, folder, workshop))
  ports.remember()
  const token = newSecret()
  parts = { sandbox: { control, qtsp, tenants: workshop.state.tenants, banks }, token, port }
  const listed = [...banks].map(([id, { urls }]) => ({ id, urls: { ...urls } }))
  return {
    running: { ready: true, control, ca: credential.ca, banks: listed, pid: process.pid, token },
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
