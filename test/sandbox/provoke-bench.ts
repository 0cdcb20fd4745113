/** A workbench over a scratch data folder whose sandbox is the real program. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse, stringify } from 'yaml'
import { openWorkbench, type Workbench } from '#core/workbench.ts'
import type { ProvokeEvent } from '#shared/contract/sandbox.ts'
import type { ErrorRow } from '#shared/error-row.ts'

export type End = Extract<ProvokeEvent, { type: 'end' }>
export type Step = Extract<ProvokeEvent, { type: 'step' }>

export const root = resolve(import.meta.dirname, '../..')

export interface ProvokeBench {
  readonly workbench: Workbench
  readonly client: Workbench['client']
  readonly dataFolder: string
  /** All events of one row. */
  provoke(errorId: string, signal?: AbortSignal): Promise<{ steps: Step[]; end: End }>
  close(): Promise<void>
}

/** @param resourcesFolder of the product unless another one is given; the sandbox always reads the product's. */
export async function openProvokeBench(resourcesFolder = join(root, 'resources')): Promise<ProvokeBench> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tpp-provoke-'))
  const workbench = await openWorkbench({
    dataFolder,
    resourcesFolder,
    secrets: { choice: 'vault', passphrase: async () => 'correct horse battery staple' },
    openInBrowser: async () => false,
    sandboxProgram: { command: process.execPath, args: [join(root, 'src-sandbox/index.ts')] },
  })
  const { client } = workbench
  return {
    workbench,
    client,
    dataFolder,
    async provoke(errorId, signal) {
      const steps: Step[] = []
      let end: End | null = null
      const options = signal === undefined ? {} : { signal }
      for await (const event of await client.sandbox.provoke({ errorId }, options)) {
        if (event.type === 'step') steps.push(event)
        else end = event
      }
      if (end === null) throw new Error('The stream ended without a result.')
      return { steps, end }
    },
    async close() {
      await workbench.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/** Resources whose rows are told otherwise than the bank answers. */
export async function changedResources(change: (row: ErrorRow) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tpp-provoke-resources-'))
  await cp(join(root, 'resources'), folder, { recursive: true })
  const file = join(folder, 'banks/ica-banken/errors.yaml')
  const rows = parse(await readFile(file, 'utf8')) as ErrorRow[]
  for (const row of rows) change(row)
  await writeFile(file, stringify(rows))
  return folder
}
