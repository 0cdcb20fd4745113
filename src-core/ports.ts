/** What a host lends the engine: the few things that differ between window, browser tab and terminal. */
import type { SandboxProgram } from './sandbox/sandbox-program.ts'

/** How the user keeps secrets. null: nothing was chosen yet. */
export type StoreChoice = 'keychain' | 'vault' | null

export interface Ports {
  /** Where everything of the user lives; made with mode 0700 when missing. */
  readonly dataFolder: string
  /** The product's `resources` folder. */
  readonly resourcesFolder: string
  readonly secrets: {
    readonly choice: StoreChoice
    /** Asked once, when a vault is first opened. Throws VAULT_PASSPHRASE_MISSING when there is nobody to ask. */
    passphrase(): Promise<string>
  }
  /** Shows a page to the person at the machine; false when that is not possible here and the URL must be shown instead. */
  openInBrowser(url: string): Promise<boolean>
  readonly sandboxProgram: SandboxProgram
  /** Set for a workbench that another one opens for one piece of work. */
  readonly scratch?: ScratchPorts
}

/** What a scratch workbench takes from the one that opened it. Its secrets stay in memory, and it reads nothing a person set. */
export interface ScratchPorts {
  /** Home of the sandbox its calls go to; one of its own inside the data folder where left out. */
  readonly sandbox?: string
  /** Where the other one keeps compiled copies of the banks. */
  readonly bankCache: string
  /** Bank folders of the user's own. */
  readonly banks: string
}
