import type { ProvokeEvent } from '#shared/contract/sandbox.ts'
import { Fault } from '#shared/fault.ts'
import { type Command, type CommandContext, positionals } from '../command.ts'
import { exchangeDocument, exchangeText } from '../print/exchange.ts'

type End = Extract<ProvokeEvent, { type: 'end' }>

const quoted = (text: string | null): string => (text === null ? 'nothing' : JSON.stringify(text))

function verdictLines({ came, errorId, failed, differences }: End): string[] {
  if (came) return [`The bank answered with the row ${errorId}.`]
  if (failed !== null) return [`Step ${failed.step} did not come out (${failed.text}): ${failed.message}`]
  return [
    `The bank did not answer with the row ${errorId}:`,
    ...differences.map(({ field, wanted, found }) => `  ${field}: ${quoted(found)} instead of ${quoted(wanted)}`),
  ]
}

async function follow(errorId: string, context: CommandContext): Promise<End> {
  const client = await context.client()
  let end: End | null = null
  for await (const event of await client.sandbox.provoke({ errorId }, { signal: context.signal })) {
    if (event.type === 'step') context.tell(`${event.step}/${event.of}  ${event.text}`)
    else end = event
  }
  if (end === null) throw new Fault('INTERNAL', 'Reproducing the error ended without a result.')
  return end
}

/** `tpp sandbox provoke <error-id>`: the exchange that shows a row of the error table. */
export const sandboxProvoke: Command = {
  summary: 'Make a sandbox bank answer with a row of its error table, and show the exchange',
  usage: ['sandbox provoke <error id>'],
  examples: ['sandbox provoke ica-general-consent-expired'],
  async run(context) {
    const { 'error id': errorId } = positionals(context, sandboxProvoke, 'error id')
    const end = await follow(errorId, context)
    const { bank, came, failed, differences, exchange } = end
    const provoked = { bank, errorId: end.errorId, came, failed, differences }
    const shown = exchange === null ? [] : [exchangeText(exchange), '']
    return {
      document: { ...(exchange === null ? {} : exchangeDocument(exchange)), provoked },
      text: [...shown, ...verdictLines(end)].join('\n'),
      exit: came ? 0 : 1,
    }
  },
}
