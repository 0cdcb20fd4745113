/** What the terminal lends the engine. */
import type { Ports, StoreChoice } from '#core/ports.ts'
import { Fault } from '#shared/fault.ts'
import { dataFolder } from './data-folder.ts'
import { openInBrowser } from './open-in-browser.ts'
import { vaultPassphrase } from './passphrase.ts'
import { resourcesFolder, sandboxProgram } from './product-files.ts'

/** Throws USAGE for a TPP_SECRETS that is neither word. */
export function storeChoice(environment: NodeJS.ProcessEnv = process.env): StoreChoice {
  const word = environment.TPP_SECRETS
  if (word === undefined || word === '') return null
  if (word === 'keychain' || word === 'vault') return word
  throw new Fault('USAGE', `TPP_SECRETS is "keychain" or "vault", not "${word}".`, { variable: 'TPP_SECRETS' })
}

export function terminalPorts(): Ports {
  return {
    dataFolder: dataFolder(),
    resourcesFolder: resourcesFolder(),
    secrets: { choice: storeChoice(), passphrase: () => vaultPassphrase() },
    openInBrowser,
    sandboxProgram: sandboxProgram(),
  }
}
