/** The help texts, made from the commands themselves. */
import { allOptions, type Command } from './command.ts'
import { commands } from './commands-table.ts'

const pad = (text: string, width: number): string => text.padEnd(width)

export function helpFor(name: string, command: Command): string {
  const options = Object.entries(allOptions(command)).map(([option, { value, description }]) => ({
    left: `--${option}${value === undefined ? '' : ` ${value}`}`,
    description,
  }))
  const width = Math.max(...options.map(({ left }) => left.length)) + 2
  const lines = [
    `tpp ${name}: ${command.summary}`,
    '',
    'Usage:',
    ...command.usage.map((usage) => `  tpp ${usage}`),
    '',
    'Options:',
    ...options.map(({ left, description }) => `  ${pad(left, width)}${description}`),
  ]
  if (command.examples) lines.push('', 'Examples:', ...command.examples.map((example) => `  tpp ${example}`))
  return `${lines.join('\n')}\n`
}

export async function helpForAll(): Promise<string> {
  const names = Object.keys(commands) as (keyof typeof commands)[]
  const width = Math.max(...names.map((name) => name.length)) + 2
  const rows = await Promise.all(names.map(async (name) => `  ${pad(name, width)}${(await commands[name]()).summary}`))
  return [
    'TPP Workbench in the terminal.',
    '',
    'Usage: tpp <command> [arguments] [--json] [--help]',
    '',
    ...rows,
    '',
    'Settings: TPP_HOME (data folder), TPP_SECRETS=keychain|vault, TPP_PASSPHRASE_FILE.',
    'Exit: 0 success, 1 a bank answered with no success, 2 usage; others by fault (docs/terminal.md).',
    'New here? Try: tpp demo',
    '',
  ].join('\n')
}
