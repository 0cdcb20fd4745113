/** A call as it is written on the command line: shared by every command that sends one. */
import { readFile } from 'node:fs/promises'
import { text as streamText } from 'node:stream/consumers'
import type { DraftInput } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { type Arguments, assignments, type Options } from '../command.ts'
import { targetInput, targetOptions } from './target-options.ts'

/** What a call consists of beside bank, operation and parameters. */
export const callOptions = {
  grant: {
    type: 'string',
    value: 'ID',
    description: 'Grant to use (the one whose scope fits); "none" sends no token',
  },
  header: {
    type: 'string',
    value: "'NAME: VALUE'",
    multiple: true,
    description: 'Header beyond the operation’s own; may be given several times',
  },
  omit: {
    type: 'string',
    value: 'NAME',
    multiple: true,
    description: 'Header not to send, also where the workbench makes it; may be given several times',
  },
  method: { type: 'string', value: 'METHOD', description: 'Sent instead of the operation’s method' },
  path: { type: 'string', value: 'PATH', description: 'Asked for instead of the operation’s path and query' },
  body: { type: 'string', value: 'TEXT', description: 'Body, sent exactly as given' },
  'body-file': { type: 'string', value: 'FILE', description: 'File with the body; - reads stdin' },
  deadline: { type: 'string', value: 'MS', description: 'Milliseconds until the call is given up (30000)' },
  insist: { type: 'boolean', description: 'Send although parameters or body do not fit the schema' },
} as const satisfies Options

export const draftOptions = { ...targetOptions, ...callOptions } as const satisfies Options

async function readBody(given: Arguments): Promise<string | undefined> {
  const inline = given.text('body')
  const file = given.text('body-file')
  if (inline !== undefined && file !== undefined)
    throw new Fault('USAGE', 'Give the body with --body or with --body-file, not with both.')
  if (file === undefined) return inline
  if (file === '-') return streamText(process.stdin)
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new Fault(
      'FILE_UNREADABLE',
      `The body file ${file} could not be read: ${(cause as NodeJS.ErrnoException).code}.`,
      { file },
      cause,
    )
  }
}

function readHeaders(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      if (colon > 0) return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
      throw new Fault('USAGE', `--header is written 'Name: value', not "${line}".`, { option: 'header' })
    }),
  )
}

/** What the options say; only what was given, the contract fills in the rest. */
export async function readCall(given: Arguments, words: readonly string[]) {
  const body = await readBody(given)
  const grant = given.text('grant')
  const deadline = given.integer('deadline', 1, 600_000)
  const [method, path, omit] = [given.text('method'), given.text('path'), given.texts('omit')]
  return {
    parameters: assignments(words, 'A parameter'),
    headers: readHeaders(given.texts('header')),
    insist: given.flag('insist'),
    ...(body === undefined ? {} : { body }),
    ...(grant === undefined ? {} : { grant }),
    ...(deadline === undefined ? {} : { deadline }),
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    ...(path === undefined ? {} : { path }),
    ...(omit.length === 0 ? {} : { omit: [...omit] }),
  }
}

/** `<bank> <operation> [parameter=value…]` and the options. @param usage for the message when one is missing */
export async function readDraft(given: Arguments, usage: string): Promise<DraftInput> {
  const [bank, operation, ...words] = given.positionals
  if (bank === undefined || operation === undefined)
    throw new Fault('USAGE', `<${bank === undefined ? 'bank' : 'operation'}> is missing. Usage: tpp ${usage}`)
  return { bank, operation, ...(await readCall(given, words)), ...targetInput(given) }
}
