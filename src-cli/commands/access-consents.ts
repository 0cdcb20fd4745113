import { type Command, type CommandContext, type Outcome, positionals } from '../command.ts'
import { exchangeDocument, exchangeExit } from '../print/exchange.ts'
import { table } from '../print/table.ts'
import { aboutInput, aboutOptions } from './about-options.ts'

async function deleteOne(consent: string, context: CommandContext): Promise<Outcome> {
  const given = aboutInput(context.arguments)
  const client = await context.client()
  const outcome = await client.access.deleteConsent({ consent, ...given }, { signal: context.signal })
  const { status, resource } = outcome.consent
  return {
    document: { consent: outcome.consent, exchange: exchangeDocument(outcome.exchange) },
    text: `${resource}: the bank answered ${outcome.exchange.response?.status ?? 'nothing'}; its status is ${status ?? 'not known'}.`,
    exit: exchangeExit(outcome.exchange),
  }
}

/** `tpp access consents`: what this workbench created. */
export const accessConsents: Command = {
  summary: 'List consents, payments and baskets created here, or delete one at its bank',
  usage: ['access consents', 'access consents --delete ID'],
  options: {
    bank: { type: 'string', value: 'ID', description: 'Those of one bank only' },
    delete: { type: 'string', value: 'ID', description: 'Have the bank delete this one' },
    ...aboutOptions,
  },
  async run(context) {
    positionals(context, accessConsents)
    const [bank, toDelete] = [context.arguments.text('bank'), context.arguments.text('delete')]
    if (toDelete !== undefined) return deleteOne(toDelete, context)
    const client = await context.client()
    const all = await client.access.consents(bank === undefined ? {} : { bank }, { signal: context.signal })
    const rows = all.map((one) => [
      one.id,
      one.kind,
      one.bank,
      one.resource,
      one.replacedBy === null ? (one.status ?? '-') : `${one.status ?? '-'} (replaced)`,
      one.authorisations.map(({ status }) => status ?? '?').join(', ') || '-',
      one.validUntil ?? '-',
    ])
    const head = ['ID', 'KIND', 'BANK', 'AT THE BANK', 'STATUS', 'AUTHORISATIONS', 'VALID UNTIL']
    return { document: all, text: rows.length === 0 ? 'Nothing was created here yet.' : table(head, rows) }
  },
}

/** `tpp access follow`: ask for a status until it is final. */
export const accessFollow: Command = {
  summary: 'Ask for the status of a consent or payment until it is final',
  usage: ['access follow <consent>'],
  options: {
    authorisation: { type: 'string', value: 'ID', description: 'The status of this authorisation instead' },
    interval: { type: 'string', value: 'SECONDS', description: 'First pause; the next are longer (2)' },
    timeout: { type: 'string', value: 'SECONDS', description: 'When to stop asking (600)' },
    ...aboutOptions,
  },
  async run(context) {
    const { consent } = positionals(context, accessFollow, 'consent')
    const given = context.arguments
    const authorisation = given.text('authorisation')
    const interval = given.integer('interval', 1, 60)
    const timeout = given.integer('timeout', 1, 3600)
    const client = await context.client()
    const events = await client.access.follow(
      {
        consent,
        ...aboutInput(given),
        ...(authorisation === undefined ? {} : { authorisation }),
        ...(interval === undefined ? {} : { interval }),
        ...(timeout === undefined ? {} : { timeout }),
      },
      { signal: context.signal },
    )
    let outcome: Outcome = { document: null, text: '' }
    let offered = ''
    for await (const event of events) {
      if (event.type === 'status') {
        const word = event.status ?? `HTTP ${event.exchange.response?.status ?? '-'}`
        context.tell(event.meaning === null ? word : `${word}: ${event.meaning}`)
        const possible = event.operations.map(({ rel, operation }) => `${rel} (tpp call … ${operation})`).join(', ')
        if (possible !== '' && possible !== offered) context.tell(`Possible now: ${possible}`)
        offered = possible
      } else {
        const because = {
          final: 'This is final.',
          active: 'It can be used.',
          time: 'The time is over.',
          refused: 'The bank refused to tell.',
        }
        outcome = {
          document: { because: event.because, consent: event.consent },
          text: `${event.consent.resource} is ${event.consent.status ?? 'of unknown status'}. ${because[event.because]}`,
          exit: ['final', 'active'].includes(event.because) ? 0 : 1,
        }
      }
    }
    return outcome
  },
}
