import { readFile } from 'node:fs/promises'
import { text as streamText } from 'node:stream/consumers'
import type { WorkbenchClient } from '#core/workbench.ts'
import type { DraftInput, Exchange } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { type Arguments, assignments, type Command, type CommandContext, type Outcome } from '../command.ts'
import { exchangeDocument, exchangeExit, exchangeText, findingLines } from '../print/exchange.ts'
import { targetInput, targetOptions } from './target-options.ts'

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

async function readDraft(given: Arguments): Promise<DraftInput> {
  const [bank, operation, ...words] = given.positionals
  if (bank === undefined || operation === undefined)
    throw new Fault('USAGE', `<${bank === undefined ? 'bank' : 'operation'}> is missing. Usage: tpp ${call.usage[0]}`)
  const body = await readBody(given)
  const grant = given.text('grant')
  const deadline = given.integer('deadline', 1, 600_000)
  return {
    bank,
    operation,
    parameters: assignments(words, 'A parameter'),
    headers: readHeaders(given.texts('header')),
    insist: given.flag('insist'),
    ...targetInput(given),
    ...(body === undefined ? {} : { body }),
    ...(grant === undefined ? {} : { grant }),
    ...(deadline === undefined ? {} : { deadline }),
  }
}

const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0

/** One after the other; the last exchange is the document, with what the others came to. */
async function repeat(
  client: WorkbenchClient,
  draft: DraftInput,
  times: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const totals: number[] = []
  const statuses: Record<string, number> = {}
  let handshakes = 0
  let last: Exchange | null = null
  for (let round = 0; round < times; round++) {
    last = await client.requests.send(draft, { signal })
    totals.push(last.timings.total)
    if (last.timings.tls > 0) handshakes += 1
    const status = String(last.response?.status ?? 'none')
    statuses[status] = (statuses[status] ?? 0) + 1
  }
  if (last === null) throw new Fault('INTERNAL', 'Nothing was sent.')
  totals.sort((a, b) => a - b)
  const repeats = { times, statuses, handshakes, milliseconds: { median: median(totals), slowest: totals.at(-1) ?? 0 } }
  const summary = `${times} calls: ${Object.entries(statuses)
    .map(([status, count]) => `${count} × ${status}`)
    .join(
      ', ',
    )}; median ${repeats.milliseconds.median} ms, slowest ${repeats.milliseconds.slowest} ms, handshakes ${handshakes}`
  const failed = Object.keys(statuses).some((status) => !status.startsWith('2'))
  return {
    document: { ...exchangeDocument(last), repeats },
    text: `${exchangeText(last)}\n\n${summary}`,
    exit: failed ? 1 : 0,
  }
}

async function rehearse(client: WorkbenchClient, draft: DraftInput, context: CommandContext): Promise<Outcome> {
  const { operation, request, signature, findings } = await client.requests.preflight(draft, { signal: context.signal })
  const document = {
    operation,
    request: {
      method: request.method,
      url: request.url,
      headers: Object.fromEntries(request.headers),
      body: request.body,
    },
    response: null,
    signature,
    tls: null,
    timings: null,
    findings,
    explanations: [],
  }
  const headers = request.headers.map(([name, value]) => `${name}: ${value}`)
  const notes = findings.length === 0 ? ['No finding.'] : findingLines(findings)
  return {
    document,
    text: [
      `${request.method} ${request.url}`,
      ...headers,
      ...(request.body === null ? [] : ['', request.body]),
      '',
      ...notes,
    ].join('\n'),
  }
}

/** `tpp call`: one operation through the send path. */
export const call: Command = {
  summary: 'Call an operation of a bank',
  usage: ['call <bank> <operation> [parameter=value…]'],
  options: {
    ...targetOptions,
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
    body: { type: 'string', value: 'TEXT', description: 'Body, sent exactly as given' },
    'body-file': { type: 'string', value: 'FILE', description: 'File with the body; - reads stdin' },
    deadline: { type: 'string', value: 'MS', description: 'Milliseconds until the call is given up (30000)' },
    repeat: { type: 'string', value: 'N', description: 'Send it N times, one after the other' },
    'preflight-only': {
      type: 'boolean',
      description: 'Show what would be sent and what would be wrong with it; send nothing',
    },
    insist: { type: 'boolean', description: 'Send although parameters or body do not fit the schema' },
  },
  examples: [
    'call ica-banken ica-accounts-list PSU-IP-Address=192.0.2.7',
    'call ica-banken ica-account-transactions-paginated accountId=… PageSize=100',
    'call ica-banken ica-payment-create paymentProduct=domestic-credit-transfers --body-file payment.json',
    'call ica-banken ica-register-client --identity none --insist --body "{}"',
  ],
  async run(context) {
    const draft = await readDraft(context.arguments)
    const times = context.arguments.integer('repeat', 1, 100_000)
    const client = await context.client()
    if (context.arguments.flag('preflight-only')) return rehearse(client, draft, context)
    if (times !== undefined && times > 1) return repeat(client, draft, times, context.signal)
    const exchange = await client.requests.send(draft, { signal: context.signal })
    return { document: exchangeDocument(exchange), text: exchangeText(exchange), exit: exchangeExit(exchange) }
  },
}
