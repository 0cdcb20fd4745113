/** A workbench over a data folder of its own, with its own sandbox, gone without a trace afterwards. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ports } from '#core/ports.ts'
import { openWorkbench, type Workbench } from '#core/workbench.ts'

export interface Scratch {
  readonly workbench: Workbench
  /** Completes "A private key was made …". */
  readonly storeNote: string
  /** Deletes what the key store holds for it, stops the sandbox, removes the folder. */
  discard(): Promise<void>
}

const keychainNote = "in this machine's keychain"
const vaultNote = 'in a vault file'
const onceNote = 'in a one-time vault (this machine has no keychain that can be used)'

/** `ports` are the host's own; only the data folder and, where no keychain answers, the store are others. */
export async function scratchWorkbench(ports: Ports): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'tpp-demo-'))
  const open = (secrets: Ports['secrets']) => openWorkbench({ ...ports, dataFolder: folder, secrets })
  let workbench = await open(ports.secrets)
  let storeNote = ports.secrets.choice === 'vault' ? vaultNote : keychainNote
  if (ports.secrets.choice === null) {
    const { checks } = await workbench.client.workspace.doctor()
    if (checks.find((check) => check.id === 'key-store')?.ok !== true) {
      // Nothing of the demo outlives it, so a passphrase nobody knows is as good as any; it is said aloud all the same.
      const passphrase = randomBytes(24).toString('base64url')
      await workbench.close()
      workbench = await open({ choice: 'vault', passphrase: () => Promise.resolve(passphrase) })
      storeNote = onceNote
    }
  }
  const { client } = workbench
  return {
    workbench,
    storeNote,
    async discard() {
      for (const grant of await client.access.list().catch(() => []))
        await client.access.revoke({ grant: grant.id }).catch(() => {})
      for (const identity of await client.keys.list().catch(() => []))
        await client.keys.delete({ identity: identity.id }).catch(() => {})
      await workbench.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
