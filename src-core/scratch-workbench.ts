/** Opens a workbench inside another one for one piece of work in the sandbox: keys in memory, records in a folder that goes with it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ports } from './ports.ts'
import type { ScratchWorkbench } from './sandbox/provoke-scratch.ts'
import type { Workbench } from './workbench.ts'

/** What the outer workbench keeps where. */
interface OuterFolders {
  readonly bankCache: string
  readonly banks: string
}

/** Nobody is asked for anything: there is no store to be opened, and customers are played. */
const unattended: Pick<Ports, 'secrets' | 'openInBrowser'> = {
  secrets: { choice: 'vault', passphrase: async () => '' },
  openInBrowser: async () => false,
}

/** @param open of the engine, handed in: the engine itself opens scratch workbenches. */
export function scratchOpener(ports: Ports, outer: OuterFolders, open: (ports: Ports) => Promise<Workbench>) {
  return async (sandbox: string | undefined): Promise<ScratchWorkbench> => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'tpp-scratch-'))
    const { bankCache, banks } = outer
    const scratch = { bankCache, banks, ...(sandbox === undefined ? {} : { sandbox }) }
    const workbench = await open({ ...ports, ...unattended, dataFolder, scratch })
    return {
      client: workbench.client,
      sandboxHome: sandbox ?? join(dataFolder, 'sandbox'),
      async discard() {
        await workbench.close()
        await rm(dataFolder, { recursive: true, force: true })
      },
    }
  }
}
