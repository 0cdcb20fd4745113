/** A program of its own: sends one call with the whole engine over a data folder that is set up, and prints what it took. */
import { resolve } from 'node:path'
import { openWorkbench } from '#core/workbench.ts'
import type { DraftInput } from '#shared/contract/requests.ts'

interface Order {
  readonly data: string
  readonly passphrase: string
  readonly draft: DraftInput
}

/** The most that was held, as the collector leaves it; counted with --expose-gc only. Bytes. */
let held = 0
const { gc } = globalThis as { gc?: () => void }
const count = () => {
  gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  held = Math.max(held, heapUsed + arrayBuffers)
}
if (gc !== undefined) setInterval(count, 200).unref()

const { data, passphrase, draft } = JSON.parse(process.argv[2] ?? '{}') as Order
const workbench = await openWorkbench({
  dataFolder: data,
  resourcesFolder: resolve(import.meta.dirname, '../../resources'),
  secrets: { choice: 'vault', passphrase: () => Promise.resolve(passphrase) },
  openInBrowser: async () => false,
  sandboxProgram: { command: process.execPath, args: [] },
})
const { id, response } = await workbench.client.requests.send(draft)
await workbench.close()
console.log(JSON.stringify({ id, stored: response?.stored?.size ?? null, held }))
