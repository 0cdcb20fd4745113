/** What a command is, and how its arguments are read. */
import { parseArgs } from 'node:util'
import type { Workbench, WorkbenchClient } from '#core/workbench.ts'
import { Fault } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'

export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  readonly description: string
  /** Word for the value in the help text. */
  readonly value?: string
  readonly multiple?: boolean
}

export type Options = Readonly<Record<string, OptionSpec>>

export interface Arguments {
  readonly positionals: readonly string[]
  text(name: string): string | undefined
  texts(name: string): readonly string[]
  flag(name: string): boolean
  /** Throws USAGE for what is no whole number within the bounds. */
  integer(name: string, from: number, to: number): number | undefined
}

/** What a command leaves behind: the document for `--json`, the text for people, and the exit number. */
export interface Outcome {
  readonly document: unknown
  readonly text: string
  readonly exit?: number
}

export interface CommandContext {
  readonly arguments: Arguments
  readonly json: boolean
  readonly signal: AbortSignal
  /** Messages and progress: stderr, never stdout. */
  tell(message: string): void
  /** One line on stdout at once, for commands that go on running. */
  announce(document: unknown, text: string): void
  /** Opens the engine on first use. */
  client(): Promise<WorkbenchClient>
  workbench(): Promise<Workbench>
}

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  /** What follows `tpp` in the usage line; one per form. */
  readonly usage: readonly string[]
  readonly options?: Options
  readonly examples?: readonly string[]
  run(context: CommandContext): Promise<Outcome>
}

const common: Options = {
  home: { type: 'string', value: 'DIR', description: 'Data folder of this command, instead of TPP_HOME' },
  json: { type: 'boolean', description: 'Print one JSON document on stdout and nothing else' },
  help: { type: 'boolean', description: 'Show this help' },
}

export const allOptions = (command: Command): Options => ({ ...command.options, ...common })

const usageFault = (message: string, details: Record<string, unknown> = {}): Fault =>
  new Fault('USAGE', message, details)

function unknownOption(raw: readonly string[], known: readonly string[]): Fault | null {
  for (const word of raw) {
    if (word === '--') return null
    const name = /^--([^=]+)/.exec(word)?.[1]
    if (name === undefined || known.includes(name)) continue
    const near = nearest(name, known).map((each) => `--${each}`)
    return usageFault(
      `There is no option --${name}. ${near.length > 0 ? `Did you mean ${near.join(', ')}?` : `Options: ${known.map((each) => `--${each}`).join(', ')}.`}`,
      { option: name, near },
    )
  }
  return null
}

/** Throws USAGE naming the option. */
export function readArguments(command: Command, raw: readonly string[]): Arguments {
  const options = allOptions(command)
  const unknown = unknownOption(raw, Object.keys(options))
  if (unknown) throw unknown
  let parsed: ReturnType<typeof parseArgs>
  try {
    const config = Object.fromEntries(
      Object.entries(options).map(([name, { type, multiple }]) => [name, { type, multiple: multiple ?? false }]),
    )
    parsed = parseArgs({ args: [...raw], options: config, allowPositionals: true, strict: true })
  } catch (error) {
    throw usageFault((error as Error).message.split('\n')[0]!.replace(/\.$/, '.'))
  }
  const value = (name: string): unknown => parsed.values[name]
  const text = (name: string): string | undefined =>
    typeof value(name) === 'string' ? (value(name) as string) : undefined
  return {
    positionals: parsed.positionals,
    text,
    texts: (name) => (Array.isArray(value(name)) ? (value(name) as string[]) : []),
    flag: (name) => value(name) === true,
    integer(name, from, to) {
      const given = text(name)
      if (given === undefined) return undefined
      const number = Number(given)
      if (/^-?\d+$/.test(given) && number >= from && number <= to) return number
      throw usageFault(`--${name} takes a whole number from ${from} to ${to}, not "${given}".`, { option: name })
    },
  }
}

/** The positional arguments by name; missing or surplus ones are USAGE faults that show the usage line. */
export function positionals<const Name extends string>(
  context: CommandContext,
  command: Command,
  ...names: Name[]
): Record<Name, string> {
  const given = context.arguments.positionals
  const missing = names[given.length]
  if (missing !== undefined)
    throw usageFault(`<${missing}> is missing. Usage: tpp ${command.usage.join(' | tpp ')}`, { missing })
  if (given.length > names.length)
    throw usageFault(`"${given[names.length]}" is one argument too many. Usage: tpp ${command.usage.join(' | tpp ')}`)
  return Object.fromEntries(names.map((name, index) => [name, given[index]])) as Record<Name, string>
}

/** `name=value` words as a record. */
export function assignments(words: readonly string[], what: string): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const equals = word.indexOf('=')
      if (equals > 0) return [word.slice(0, equals), word.slice(equals + 1)]
      throw usageFault(`${what} is written name=value, not "${word}".`, { word })
    }),
  )
}
