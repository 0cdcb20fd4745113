/** The whole workbench over the real sandbox program, registered and with a customer's grants, and faults to be set between the two. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openWorkbench, type WorkbenchClient } from '#core/workbench.ts'
import type { Grant } from '#shared/contract/access.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import type { Fault } from '#shared/fault.ts'
import type { SandboxFault, SandboxLogEntry } from '#shared/sandbox-protocol.ts'
import { fromWire } from '#shared/wire.ts'

const root = resolve(import.meta.dirname, '../..')
export const bank = 'ica-banken'

/** Either an answer or the fault that came instead. */
export type Met =
  | { readonly exchange: Exchange; readonly fault: null }
  | { readonly exchange: null; readonly fault: Fault }

export interface SandboxWorkbench {
  readonly client: WorkbenchClient
  /** organizationIdentifier of the identity, which is the tenant's name. */
  readonly tenant: string
  set(...faults: (Pick<SandboxFault, 'fault'> & Partial<SandboxFault>)[]): Promise<void>
  authorise(scope: string): Promise<Grant>
  call(draft: Omit<DraftInput, 'bank'>): Promise<Met>
  /** Newest first. */
  log(): Promise<SandboxLogEntry[]>
  close(): Promise<void>
}

export async function met<Value>(work: Promise<Value>): Promise<{ value: Value | null; fault: Fault | null }> {
  try {
    return { value: await work, fault: null }
  } catch (error) {
    return { value: null, fault: fromWire(error) }
  }
}

/** Opens the vault of the test. */
export const passphrase = 'correct horse battery staple'

/** @param ask what the host answers when the vault wants its passphrase */
export async function openSandboxWorkbench(
  ask: () => Promise<string> = () => Promise.resolve(passphrase),
): Promise<SandboxWorkbench> {
  const folder = await mkdtemp(join(tmpdir(), 'tpp-faults-'))
  const workbench = await openWorkbench({
    dataFolder: join(folder, 'data'),
    resourcesFolder: join(root, 'resources'),
    secrets: { choice: 'vault', passphrase: ask },
    openInBrowser: async () => false,
    sandboxProgram: { command: process.execPath, args: [join(root, 'src-sandbox', 'index.ts')] },
  })
  const { client } = workbench
  await client.sandbox.start({ banks: [bank] })
  const tenant = 'PSDSE-FINA-5560009999'
  await client.keys.order({ name: 'tpp', organizationIdentifier: tenant })
  await client.access.register({ bank })
  return {
    client,
    tenant,
    set: async (...faults) => {
      const set = faults.map((fault) => ({ bank, operation: '*', parameters: {}, ...fault }))
      await client.sandbox.faults({ tenant, set })
    },
    async authorise(scope) {
      let grant: Grant | null = null
      for await (const event of await client.access.authorise({ bank, scope, psu: 'Anna Andersson' }))
        if (event.type === 'grant') grant = event.grant
      if (grant === null) throw new Error('no grant came')
      return grant
    },
    async call(draft) {
      const { value, fault } = await met(client.requests.send({ bank, ...draft }))
      if (fault !== null) return { exchange: null, fault }
      if (value === null) throw new Error('neither answer nor fault')
      return { exchange: value, fault: null }
    },
    log: () => client.sandbox.log({ tenant }),
    async close() {
      await workbench.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
