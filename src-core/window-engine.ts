/** The engine behind a window of our own, where nobody sits at a terminal. */
import { Fault } from '#shared/fault.ts'
import { dataFolder, resourcesFolder, storeChoice } from './desktop.ts'
import type { Ports } from './ports.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

/** What only the host itself can lend. */
export type OwnPorts = Pick<Ports, 'openInBrowser' | 'sandboxProgram'>

/** How a host starts the sandbox program where a command would not do. */
export type StartProgram = Extract<Ports['sandboxProgram'], (...args: never[]) => unknown>

const windowPorts = (own: OwnPorts): Ports => ({
  ...own,
  dataFolder: dataFolder(),
  resourcesFolder: resourcesFolder(),
  secrets: {
    choice: storeChoice(),
    // The window asks for it and unlocks the vault; a call that comes before that is told so.
    passphrase: () => Promise.reject(new Fault('VAULT_PASSPHRASE_MISSING')),
  },
})

/** Opens it. From then on an error that nobody caught no longer ends the process: it is written to the error log. */
export async function openWindowEngine(own: OwnPorts): Promise<Workbench> {
  const workbench = await openWorkbench(windowPorts(own))
  // Goes the way of every call: what is our own mistake is written to the engine's error log.
  const note = (cause: unknown) => {
    const next = () => Promise.reject(new Error('outside any call', { cause }))
    workbench.intercept({ next }).catch(() => undefined)
  }
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
  return workbench
}

/** Never fails: the window says whether one runs and starts it again; what went wrong here was noted on the way. */
export async function startSandbox({ client }: Pick<Workbench, 'client'>): Promise<void> {
  try {
    if (!(await client.sandbox.status()).running) await client.sandbox.start({})
  } catch {
    // Noted, see above.
  }
}
