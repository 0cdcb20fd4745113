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
}
