import { type Command, positionals } from '../command.ts'
import { table } from '../print/table.ts'
import { patienceInput, patienceOptions, readSecretFile, runAccess } from './access-run.ts'

/** `tpp access flows`: what has begun and not ended. */
export const accessFlows: Command = {
  summary: 'List authorisations that have begun and not ended',
  usage: ['access flows'],
  async run(context) {
    positionals(context, accessFlows)
    const client = await context.client()
    const flows = await client.access.flows(undefined, { signal: context.signal })
    const rows = flows.map(({ id, state, bank, environment, scope, operation, consent, step, startedAt }) => [
      id,
      state,
      bank,
      environment,
      scope ?? operation ?? consent ?? '-',
      step === 'browser' ? 'at the bank’s page' : 'code on its way',
      startedAt.slice(0, 19).replace('T', ' '),
    ])
    const text =
      rows.length === 0
        ? 'No authorisation is half-finished.'
        : `${table(['ID', 'STATE', 'BANK', 'ENVIRONMENT', 'FOR', 'STEP', 'SINCE (UTC)'], rows)}\n\nGo on with one: tpp access resume <id>   Forget one: tpp access abandon <id>`
    return { document: flows, text }
  },
}

/** `tpp access resume`: the page again, or the address the customer came back to. */
export const accessResume: Command = {
  summary: 'Go on with an abandoned authorisation',
  usage: ['access resume <flow>'],
  options: {
    'url-file': {
      type: 'string',
      value: 'FILE',
      description: 'File with the address the customer’s browser ended on; - is standard input',
    },
    ...patienceOptions,
  },
  examples: ['access resume f-00aa11bb22', 'access resume f-00aa11bb22 --url-file -'],
  async run(context) {
    const { flow } = positionals(context, accessResume, 'flow')
    const file = context.arguments.text('url-file')
    const client = await context.client()
    const callbackUrl = file === undefined ? undefined : await readSecretFile(file)
    const events = await client.access.resume(
      { flow, ...patienceInput(context.arguments), ...(callbackUrl === undefined ? {} : { callbackUrl }) },
      { signal: context.signal },
    )
    return runAccess(events, client, context)
  },
}

/** `tpp access abandon`: forget it here. */
export const accessAbandon: Command = {
  summary: 'Forget an authorisation that was left half-finished',
  usage: ['access abandon <flow>'],
  async run(context) {
    const { flow } = positionals(context, accessAbandon, 'flow')
    const client = await context.client()
    const outcome = await client.access.abandon({ flow }, { signal: context.signal })
    const rest =
      outcome.consent === null
        ? ''
        : ` The bank still has what it was for; delete that with: tpp access consents --delete ${outcome.consent}`
    return { document: outcome, text: `Authorisation ${outcome.id} is forgotten.${rest}` }
  },
}
