/** What the terminal lends the engine. */
import { builtProgram, dataFolder, openInBrowser, resourcesFolder, storeChoice } from '#core/desktop.ts'
import type { Ports } from '#core/ports.ts'
import { vaultPassphrase } from './passphrase.ts'

export function terminalPorts(): Ports {
  return {
    dataFolder: dataFolder(),
    resourcesFolder: resourcesFolder(),
    secrets: { choice: storeChoice(), passphrase: () => vaultPassphrase() },
    openInBrowser,
    sandboxProgram: builtProgram('sandbox'),
  }
}
