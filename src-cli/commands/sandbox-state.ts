import { readFile, stat, writeFile } from 'node:fs/promises'
import { Fault } from '#shared/fault.ts'
import { type SandboxBankState, type SandboxItem, stateSections } from '#shared/sandbox-state.ts'
import { type Command, positionals } from '../command.ts'
import { table } from '../print/table.ts'

const newestTime = ({ times }: SandboxItem): string => {
  const last = Object.entries(times).at(-1)
  return last ? `${last[0]} ${last[1].slice(0, 19)}Z` : ''
}

function bankText(state: SandboxBankState): string[] {
  const lines = stateSections.flatMap((section) => {
    const items = state[section]
    if (items.length === 0) return []
    const rows = items.map((item) => [item.id, item.status ?? '', item.title, newestTime(item)])
    return [`  ${section}`, table(['ID', 'STATUS', 'WHAT', 'LAST'], rows).replace(/^/gm, '    ')]
  })
  return lines.length > 0 ? [state.bank, ...lines] : [state.bank, '  nothing']
}

const bankOption = { bank: { type: 'string', value: 'ID', description: 'Only this bank' } } as const

/** `tpp sandbox state`: what the banks keep of a tenant. */
export const sandboxState: Command = {
  summary: 'Show what the sandbox banks keep of a tenant: accounts, payments, consents, applications, tokens',
  usage: ['sandbox state <organisation id>'],
  options: bankOption,
  examples: ['sandbox state PSDSE-FINA-5560123456 --bank ica-banken'],
  async run(context) {
    const { tenant } = positionals(context, sandboxState, 'tenant')
    const bank = context.arguments.text('bank')
    const state = await (await context.client()).sandbox.state(
      { tenant, ...(bank === undefined ? {} : { bank }) },
      { signal: context.signal },
    )
    return { document: state, text: state.banks.flatMap(bankText).join('\n') }
  },
}

/** `tpp sandbox save`: the state as a file. */
export const sandboxSave: Command = {
  summary: "Save a tenant's state at the sandbox banks as a file, to be loaded into any tenant",
  usage: ['sandbox save <organisation id> <file>'],
  options: { force: { type: 'boolean', description: 'Write over a file that is there' } },
  async run(context) {
    const { tenant, file } = positionals(context, sandboxSave, 'tenant', 'file')
    const snapshot = await (await context.client()).sandbox.snapshot({ tenant }, { signal: context.signal })
    const flag = context.arguments.flag('force') ? 'w' : 'wx'
    await writeFile(file, `${JSON.stringify(snapshot, null, 2)}\n`, { flag }).catch((cause: unknown) => {
      const { code } = cause as NodeJS.ErrnoException
      if (code === 'EEXIST') throw new Fault('USAGE', `${file} is there already. Write over it with --force.`)
      throw new Fault('DATA_UNWRITABLE', `${file} could not be written (${code ?? 'unknown reason'}).`, {}, cause)
    })
    const banks = Object.keys(snapshot.banks)
    const what =
      banks.length > 0
        ? banks.join(', ')
        : 'the clock, switches and faults only, as the tenant has nothing at the banks that can be saved'
    return { document: { file, tenant, banks }, text: `Saved to ${file}: ${what}.` }
  },
}

const largest = 16 * 1024 * 1024

async function readSaved(file: string): Promise<unknown> {
  const unreadable = (why: string, cause?: unknown): Fault => new Fault('FILE_UNREADABLE', `${file} ${why}`, {}, cause)
  const found = await stat(file).catch((cause: unknown) => {
    throw unreadable('could not be read.', cause)
  })
  if (found.size > largest) throw unreadable('is larger than a saved state can be (16 MiB).')
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw unreadable('is no saved state: it is no JSON.', cause)
  }
}

/** `tpp sandbox load`: a saved state into a tenant. */
export const sandboxLoad: Command = {
  summary: "Load a saved state into a tenant, in place of what it has; times are moved to the tenant's now",
  usage: ['sandbox load <organisation id> <file>'],
  async run(context) {
    const { tenant, file } = positionals(context, sandboxLoad, 'tenant', 'file')
    const snapshot = await readSaved(file)
    const loaded = await (await context.client()).sandbox.load({ tenant, snapshot }, { signal: context.signal })
    const lines = Object.entries(loaded.banks).map(([bank, count]) => `${bank}: ${count} loaded`)
    return {
      document: loaded,
      text: [...lines, 'Not in a saved state:', ...loaded.leftOut.map((one) => `  ${one}`)].join('\n'),
    }
  },
}

/** `tpp sandbox reset`: a fresh start. */
export const sandboxReset: Command = {
  summary: 'Let the sandbox banks, or one of them, forget what a tenant did; certificates in the portals stay',
  usage: ['sandbox reset <organisation id>'],
  options: bankOption,
  async run(context) {
    const { tenant } = positionals(context, sandboxReset, 'tenant')
    const bank = context.arguments.text('bank')
    const answer = await (await context.client()).sandbox.reset(
      { tenant, ...(bank === undefined ? {} : { bank }) },
      { signal: context.signal },
    )
    return { document: answer, text: `${bank ?? 'Every bank'} has forgotten ${tenant}.` }
  },
}
