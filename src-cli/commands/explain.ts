import type { OpenedReport } from '#shared/contract/reports.ts'
import { type Command, type CommandContext, positionals } from '../command.ts'
import { explanationLines } from '../print/exchange.ts'
import { printable } from '../print/printable.ts'
import { table } from '../print/table.ts'
import { reportText } from '../report-text.ts'

const forms: Readonly<Record<OpenedReport['form'], string>> = {
  har: 'a HAR file',
  'tpp-call': 'a document of tpp call',
  'curl-verbose': 'the output of curl -v',
  curl: 'a cURL command',
  http: 'a raw HTTP request',
}

/** Most calls of a report that are listed; `--json` has all. */
const mostListed = 30

function listLines({ entries, entry }: OpenedReport): string[] {
  if (entries.length < 2) return []
  // Those around the one that is told of.
  const from = Math.max(0, Math.min(entry - mostListed / 2, entries.length - mostListed))
  const rows = entries
    .slice(from, from + mostListed)
    .map(({ index, method, url, status }) => [
      index === entry ? '*' : '',
      String(index),
      method,
      String(status ?? '-'),
      url,
    ])
  const more = entries.length > mostListed ? [`… and ${entries.length - mostListed} more (--json lists all)`] : []
  return ['', table(['', 'ENTRY', 'METHOD', 'STATUS', 'URL'], rows), ...more, 'Another one: --entry N']
}

function whereLines({ bank, environment, operation, candidates }: OpenedReport): string[] {
  const [best] = candidates
  if (bank !== null && best !== undefined)
    return [`For ${best.bankName}${environment === null ? '' : `, ${environment}`}: ${operation}. ${best.reason}`]
  if (candidates.length === 0) return ['No operation of a bank that is known fits. Name one: --bank ID --operation ID']
  const rows = candidates.map((each) => [each.bank, each.operation, each.title, each.reason])
  return [
    'Several operations fit; name one with --bank and --operation:',
    table(['BANK', 'OPERATION', 'TITLE', 'WHY'], rows),
  ]
}

function draftLines({ draft, leftOut }: OpenedReport): string[] {
  if (draft === null) return []
  const parameters = Object.entries({ ...draft.parameters, ...draft.headers }).map(
    ([name, value]) => `  ${name}=${value}`,
  )
  return [
    '',
    `As your own call to ${draft.environment}: tpp call ${draft.bank} ${draft.operation} --environment ${draft.environment}`,
    ...parameters,
    ...(draft.body === undefined ? [] : [`  body: ${Buffer.byteLength(draft.body)} bytes`]),
    ...leftOut.map(({ part, name, reason }) => `  not taken: ${name === '' ? `the ${part}` : name}. ${reason}`),
  ]
}

function reportLines(opened: OpenedReport): string {
  const { form, request, response, explanations, remarks } = opened
  const why = explanationLines(explanations)
  return printable(
    [
      `This is ${forms[form]}.`,
      ...whereLines(opened),
      `${request.method} ${request.url}`,
      response === null ? 'It has no answer.' : `Answered with ${response.status}.`,
      ...remarks.map(({ message }) => `Note: ${message}`),
      ...(why.length > 0 ? ['', ...why] : []),
      ...draftLines(opened),
      ...listLines(opened),
    ].join('\n'),
  )
}

async function open(context: CommandContext, text: string): Promise<OpenedReport> {
  const { arguments: given, signal } = context
  const entry = given.integer('entry', 0, 1_000_000)
  const choices = { bank: 'bank', operation: 'operation', environment: 'into', identity: 'identity' } as const
  const chosen = Object.entries(choices).flatMap(([option, name]) => {
    const value = given.text(option)
    return value === undefined ? [] : [[name, value]]
  })
  const input = {
    text,
    ...(entry === undefined ? {} : { entry }),
    ...(Object.fromEntries(chosen) as Record<string, string>),
  }
  return (await context.client()).requests.openReport(input, { signal })
}

/** `tpp explain`: a call somebody else made, explained, and as a draft of one's own. */
export const explain: Command = {
  summary: 'Explain a call from a HAR, a raw request, a cURL command, curl -v or tpp call --json',
  usage: ['explain <file> [--entry N] [--bank ID --operation ID]', 'explain - < report.txt'],
  options: {
    entry: {
      type: 'string',
      value: 'N',
      description: 'Which call of the report, from 0; the likeliest where left out',
    },
    bank: { type: 'string', value: 'ID', description: 'The bank, where the report does not tell' },
    operation: { type: 'string', value: 'ID', description: 'The operation, where the report does not tell' },
    environment: {
      type: 'string',
      value: 'ID',
      description: 'Where the draft shall go; the local sandbox where left out',
    },
    identity: { type: 'string', value: 'NAME', description: 'Identity of the draft' },
  },
  examples: ['explain report.har', 'pbpaste | tpp explain - --json'],
  async run(context) {
    const { file } = positionals(context, explain, 'file')
    const opened = await open(context, await reportText(file))
    return { document: opened, text: reportLines(opened) }
  },
}
