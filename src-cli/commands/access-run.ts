import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type { WorkbenchClient } from '#core/workbench.ts'
import type { AuthoriseEvent, Grant } from '#shared/contract/access.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { ChallengeEvent } from '#shared/contract/followed.ts'
import { Fault } from '#shared/fault.ts'
import { fromWire } from '#shared/wire.ts'
import type { Arguments, CommandContext, Options, Outcome } from '../command.ts'
import { exchangeDocument, exchangeExit, exchangeText } from '../print/exchange.ts'

/** Options of every command that waits for a customer. */
export const patienceOptions = {
  callback: {
    type: 'string',
    value: 'URI',
    description: 'Which registered callback to use (one this machine can hear)',
  },
  psu: { type: 'string', value: 'NAME', description: 'Local sandbox: this customer clicks, no browser is opened' },
  decision: { type: 'string', value: 'WORD', description: 'With --psu: approve, deny or abandon (approve)' },
  timeout: { type: 'string', value: 'SECONDS', description: 'How long to wait for the customer (300)' },
} as const satisfies Options

/** Only what was given: the contract fills in the rest. */
export function patienceInput(given: Arguments) {
  const [callback, psu, decision] = [given.text('callback'), given.text('psu'), given.text('decision')]
  const timeout = given.integer('timeout', 1, 3600)
  return {
    ...(callback === undefined ? {} : { callback }),
    ...(psu === undefined ? {} : { psu }),
    // Another word is refused by the contract, which names the three.
    ...(decision === undefined ? {} : { decision: decision as 'approve' }),
    ...(timeout === undefined ? {} : { timeout }),
  }
}

/** What a file or standard input holds, never the command line, where every program of the machine could read it. */
export async function readSecretFile(file: string): Promise<string> {
  if (file === '-') return (await text(process.stdin)).trim()
  return readFile(file, 'utf8').then(
    (content) => content.trim(),
    (cause: unknown) => {
      throw new Fault('FILE_UNREADABLE', `The file ${file} could not be read.`, { file }, cause)
    },
  )
}

/** Takes lines from standard input until one is accepted as the callback. */
function takePasted(flow: string, client: WorkbenchClient, context: CommandContext): { close(): void } {
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    if (line.trim() === '') return
    client.access.paste({ flow, url: line }).then(
      () => lines.close(),
      (fault: unknown) => context.tell(fromWire(fault).message),
    )
  })
  return lines
}

type Event = AuthoriseEvent | ChallengeEvent
type Open = Extract<Event, { type: 'open' }>

function tellOfPage({ opened, url, callback }: Open, context: CommandContext): void {
  context.tell(opened ? 'The page of the bank is open in your browser.' : `Open this page as the customer:\n${url}`)
  if (callback.warning !== null) context.tell(callback.warning)
  if (callback.how === 'paste')
    context.tell(`Nothing here can listen at ${callback.uri}. Paste the whole address the browser ends on:`)
}

const granted = (grant: Grant): Outcome => ({
  document: grant,
  text: `Grant ${grant.id}: scope ${grant.scope}, good for ${grant.accessTokenSecondsLeft} s${grant.refreshable ? ', refreshable' : ''}.`,
})

const answered = (exchange: Exchange): Outcome => ({
  document: exchangeDocument(exchange),
  text: exchangeText(exchange),
  exit: exchangeExit(exchange),
})

/** Follows a stream to its end: a grant, the answer to a repeated call, or the customer's return. */
export async function runAccess(
  events: AsyncIterable<Event>,
  client: WorkbenchClient,
  context: CommandContext,
): Promise<Outcome> {
  const quiet = context.arguments.text('psu') !== undefined
  let outcome: Outcome | null = null
  let pasted: { close(): void } | null = null
  try {
    for await (const event of events) {
      if (event.type === 'open' && !quiet) {
        tellOfPage(event, context)
        if (event.callback.how === 'paste') pasted = takePasted(event.flow, client, context)
      }
      if (event.type === 'grant') outcome = granted(event.grant)
      if (event.type === 'exchange') outcome = answered(event.exchange)
      if (event.type === 'returned')
        outcome = {
          document: { returned: true },
          text: 'The customer is back. Ask for the status: tpp access follow <id>',
        }
    }
  } finally {
    pasted?.close()
  }
  if (outcome === null) throw new Fault('INTERNAL', 'The authorisation ended without a result.')
  return outcome
}
