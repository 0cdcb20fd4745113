/** Runs one command: finds it, reads its arguments, prints its outcome or its fault, sets the exit number. */
import { resolve } from 'node:path'
import type { Workbench } from '#core/workbench.ts'
import { Fault, faults } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'
import { fromWire } from '#shared/wire.ts'
import { type Command, type CommandContext, type Outcome, readArguments } from './command.ts'
import { commands } from './commands-table.ts'
import { helpFor, helpForAll } from './help.ts'

interface Chosen {
  readonly name: string
  readonly command: Command
  readonly rest: readonly string[]
}

const write = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((resolve) => {
    stream.write(text, () => resolve())
  })

/** `keys order` before `keys`: the longest name wins. */
async function choose(raw: readonly string[]): Promise<Chosen> {
  const [first = '', second = ''] = raw
  const two = `${first} ${second}`
  const name = Object.hasOwn(commands, two) ? two : first
  const load = Object.hasOwn(commands, name) ? commands[name as keyof typeof commands] : undefined
  if (load !== undefined) return { name, command: await load(), rest: raw.slice(name.split(' ').length) }
  const names = Object.keys(commands)
  const family = names.filter((each) => each.startsWith(`${first} `))
  if (family.length > 0)
    throw new Fault(
      'USAGE',
      `"tpp ${first}" wants one of: ${family.map((each) => each.slice(first.length + 1)).join(', ')}.`,
      { near: family },
    )
  const near = nearest(second.startsWith('-') ? first : two.trim(), names)
  const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'See: tpp --help'
  throw new Fault('USAGE', `There is no command "${first}". ${hint}`, { command: first, near })
}

/** Ctrl-C asks the command to stop; a second one ends the process at once. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return controller.signal
}

async function printFault(error: unknown, json: boolean): Promise<void> {
  const fault = fromWire(error)
  process.exitCode = faults[fault.code].exit
  if (json) await write(process.stdout, `${JSON.stringify({ fault: fault.toJSON() })}\n`)
  else await write(process.stderr, `tpp: ${fault.message}\n`)
  if (fault.code === 'INTERNAL' && !json)
    await write(
      process.stderr,
      'This is a mistake of the workbench; logs/errors.log in the data folder has the details.\n',
    )
}

async function printOutcome(outcome: Outcome, json: boolean): Promise<void> {
  process.exitCode = outcome.exit ?? 0
  const text = json ? JSON.stringify(outcome.document) : outcome.text
  if (text !== undefined && text !== '') await write(process.stdout, `${text.replace(/\n$/, '')}\n`)
}

export async function run(raw: readonly string[]): Promise<void> {
  const json = raw.includes('--json')
  if (raw.length === 0 || (raw[0] ?? '').startsWith('-')) {
    const wantsHelp = raw.length === 0 || raw.includes('--help')
    if (!wantsHelp)
      return printFault(new Fault('USAGE', `A command comes first, not "${raw[0]}". See: tpp --help`), json)
    return write(process.stdout, await helpForAll())
  }
  let opened: Promise<Workbench> | null = null
  const signal = stopOnSignals()
  try {
    const { name, command, rest } = await choose(raw)
    if (rest.includes('--help')) return await write(process.stdout, helpFor(name, command))
    const given = readArguments(command, rest)
    const home = given.text('home')
    // Programs the command starts follow it there.
    if (home !== undefined) process.env.TPP_HOME = resolve(home)
    const context: CommandContext = {
      arguments: given,
      json,
      signal,
      tell: (message) => void process.stderr.write(`${message}\n`),
      announce: (document, text) => void process.stdout.write(`${json ? JSON.stringify(document) : text}\n`),
      workbench: () => {
        opened ??= openEngine()
        return opened
      },
      client: async () => (await context.workbench()).client,
    }
    await printOutcome(await command.run(context), json)
  } catch (error) {
    await printFault(error, json)
  } finally {
    await (await (opened as Promise<Workbench> | null)?.catch(() => null))?.close()
  }
}

async function openEngine(): Promise<Workbench> {
  // Schemas check values as they are: a program this short would spend more on compiling them than they save it.
  const { config } = await import('zod')
  config({ jitless: true })
  const [{ openWorkbench }, { terminalPorts }] = await Promise.all([
    import('#core/workbench.ts'),
    import('./host/terminal-ports.ts'),
  ])
  return openWorkbench(terminalPorts())
}
