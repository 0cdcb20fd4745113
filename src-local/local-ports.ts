/** What a browser tab's host lends the engine. */
import { readFile } from 'node:fs/promises'
import { builtProgram, dataFolder, openInBrowser, resourcesFolder, storeChoice } from '#core/desktop.ts'
import type { Ports } from '#core/ports.ts'
import { Fault } from '#shared/fault.ts'

/** From TPP_PASSPHRASE_FILE; otherwise the window asks and hands the answer to `workspace.unlockVault`. */
async function passphrase(): Promise<string> {
  const file = process.env.TPP_PASSPHRASE_FILE
  if (!file) throw new Fault('VAULT_PASSPHRASE_MISSING')
  try {
    return (await readFile(file, 'utf8')).replace(/^\ufeff/, '').split(/\r?\n/)[0] ?? ''
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new Fault('FILE_UNREADABLE', `The passphrase file ${file} could not be read: ${code}.`, { file }, cause)
  }
}

export const localPorts = (): Ports => ({
  dataFolder: dataFolder(),
  resourcesFolder: resourcesFolder(),
  secrets: { choice: storeChoice(), passphrase },
  openInBrowser,
  sandboxProgram: builtProgram('sandbox'),
})
