/** Runs commands of the terminal over a real engine in this process, at a bank on Node's own TLS. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Command, type CommandContext, type Outcome, readArguments } from '#cli/command.ts'
import { openWorkbench, type Workbench } from '#core/workbench.ts'
import { fromWire } from '#shared/wire.ts'
import { createTestBank, type TestBank } from '../servers/test-bank.ts'

export interface InProcess {
  /** The data folder. */
  readonly data: string
  readonly bank: TestBank
  /** Everything the terminal said. */
  readonly said: string[]
  workbench(): Workbench
  /** The engine anew, as after a restart. */
  restart(): Promise<void>
  run(command: Command, ...raw: string[]): Promise<Outcome>
  /** Every byte of every file of the data folder, as Latin-1. */
  everyFile(): Promise<string>
  close(): Promise<void>
}

/** The public catalogue of Bank of Georgia wants neither certificate nor token: it is what the test's bank answers to. */
export const target = { bank: 'bank-of-georgia', environment: 'production' } as const

export async function openInProcess(answer: RequestListener): Promise<InProcess> {
  const root = await mkdtemp(join(tmpdir(), 'tpp-in-process-'))
  const bank = await createTestBank()
  const data = join(root, 'data')
  const said: string[] = []
  const open = () =>
    openWorkbench({
      dataFolder: data,
      resourcesFolder: resolve(import.meta.dirname, '../../resources'),
      secrets: { choice: 'vault', passphrase: () => Promise.resolve('correct horse battery staple') },
      openInBrowser: async () => false,
      sandboxProgram: { command: process.execPath, args: [] },
    })
  let workbench = await open()
  const products = await bank.serve(answer)
  const { override } = await workbench.client.banks.environment(target)
  await workbench.client.banks.setEnvironment({
    ...target,
    override: { ...override, urls: { products }, ca: [bank.authority.ca] },
  })
  return {
    data,
    bank,
    said,
    workbench: () => workbench,
    async restart() {
      await workbench.close()
      workbench = await open()
    },
    async run(command, ...raw) {
      const context: CommandContext = {
        arguments: readArguments(command, raw),
        json: true,
        signal: new AbortController().signal,
        tell: (message) => void said.push(message),
        announce: () => {},
        workbench: async () => workbench,
        client: async () => workbench.client,
      }
      try {
        const outcome = await command.run(context)
        said.push(JSON.stringify(outcome.document), outcome.text)
        return outcome
      } catch (error) {
        const fault = fromWire(error)
        said.push(fault.message, JSON.stringify(fault.details))
        throw fault
      }
    },
    async everyFile() {
      const entries = await readdir(data, { recursive: true, withFileTypes: true })
      const files = entries.filter((each) => each.isFile())
      const texts = files.map((each) => readFile(join(each.parentPath, each.name), 'latin1'))
      return (await Promise.all(texts)).join('\n')
    },
    async close() {
      await workbench.close()
      await bank.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}
