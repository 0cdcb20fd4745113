import type { WorkbenchClient } from '#core/workbench.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import type { Command, CommandContext, Outcome } from '../command.ts'
import { exchangeExit, findingLines } from '../print/exchange.ts'
import { draftOptions, readDraft } from './draft-input.ts'
import { exchangeOutcome, outputOption } from './exchange-outcome.ts'

const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0

/** One after the other; the last exchange is the document, with what the others came to. */
async function repeat(
  client: WorkbenchClient,
  draft: DraftInput,
  times: number,
  context: CommandContext,
): Promise<Outcome> {
  const { signal } = context
  const totals: number[] = []
  const statuses: Record<string, number> = {}
  let handshakes = 0
  let last: Exchange | null = null
  for await (const event of await client.requests.repeat({ draft, times }, { signal })) {
    if (event.kind === 'ended') last = event.last
    else
      for (const call of event.calls) {
        totals.push(call.total)
        if (call.handshake) handshakes += 1
        const status = String(call.status ?? 'none')
        statuses[status] = (statuses[status] ?? 0) + 1
      }
  }
  if (last === null || totals.length < times)
    throw new Fault('CANCELLED', `Stopped after ${totals.length} of ${times} calls; those are in history.`, {
      times: totals.length,
    })
  totals.sort((a, b) => a - b)
  const repeats = { times, statuses, handshakes, milliseconds: { median: median(totals), slowest: totals.at(-1) ?? 0 } }
  const summary = `${times} calls: ${Object.entries(statuses)
    .map(([status, count]) => `${count} × ${status}`)
    .join(
      ', ',
    )}; median ${repeats.milliseconds.median} ms, slowest ${repeats.milliseconds.slowest} ms, handshakes ${handshakes}`
  const failed = Object.keys(statuses).some((status) => !status.startsWith('2'))
  const { document, text } = await exchangeOutcome(last, context)
  return {
    document: { ...document, repeats },
    text: `${text}\n\n${summary}`,
    exit: failed ? 1 : 0,
  }
}

/** What would go out, and what would be wrong with it. */
export async function rehearse(client: WorkbenchClient, draft: DraftInput, context: CommandContext): Promise<Outcome> {
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
    ...draftOptions,
    ...outputOption,
    repeat: { type: 'string', value: 'N', description: 'Send it N times, one after the other' },
    'preflight-only': {
      type: 'boolean',
      description: 'Show what would be sent and what would be wrong with it; send nothing',
    },
  },
  examples: [
    'call ica-banken ica-accounts-list PSU-IP-Address=192.0.2.7',
    'call ica-banken ica-account-transactions-paginated accountId=… PageSize=100',
    'call ica-banken ica-payment-create paymentProduct=domestic-credit-transfers --body-file payment.json',
    'call ica-banken ica-account-transactions-paginated accountId=… --output transactions.json',
    'call ica-banken ica-register-client --identity none --insist --body "{}"',
  ],
  async run(context) {
    const draft = await readDraft(context.arguments, call.usage[0] ?? '')
    const times = context.arguments.integer('repeat', 1, 100_000)
    const client = await context.client()
    if (context.arguments.flag('preflight-only')) return rehearse(client, draft, context)
    if (times !== undefined && times > 1) return repeat(client, draft, times, context)
    const exchange = await client.requests.send(draft, { signal: context.signal })
    return { ...(await exchangeOutcome(exchange, context)), exit: exchangeExit(exchange) }
  },
}
