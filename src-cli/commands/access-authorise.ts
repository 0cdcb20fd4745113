import type { Grant } from '#shared/contract/access.ts'
import { Fault } from '#shared/fault.ts'
import { assignments, type Command, positionals } from '../command.ts'
import { targetInput, targetOptions } from './target-options.ts'

/** `tpp access authorise`: the customer signs at the bank, the workbench gets a grant. */
export const accessAuthorise: Command = {
  summary: 'Let a customer authorise a scope at the bank and keep the grant',
  usage: ['access authorise <bank> --scope SCOPE'],
  options: {
    ...targetOptions,
    scope: {
      type: 'string',
      value: 'SCOPE',
      description: 'Scope to ask for, e.g. account, payment, basket:<id>, payment_delete:<id>',
    },
    customer: {
      type: 'string',
      value: 'NAME=VALUE',
      multiple: true,
      description: 'What the bank asks to recognise the customer, e.g. ssn=197202022389',
    },
    psu: { type: 'string', value: 'NAME', description: 'Local sandbox: this customer clicks, no browser is opened' },
    decision: { type: 'string', value: 'WORD', description: 'With --psu: approve, deny or abandon (approve)' },
    timeout: { type: 'string', value: 'SECONDS', description: 'How long to wait for the customer (300)' },
  },
  examples: [
    'access authorise ica-banken --scope account --customer ssn=197202022389',
    'access authorise ica-banken --scope account --psu "Anna Andersson"',
  ],
  async run(context) {
    const { bank } = positionals(context, accessAuthorise, 'bank')
    const given = context.arguments
    const scope = given.text('scope')
    if (scope === undefined)
      throw new Fault('USAGE', '--scope is missing, for example --scope account.', { option: 'scope' })
    const psu = given.text('psu')
    const decision = given.text('decision')
    const timeout = given.integer('timeout', 1, 3600)
    const events = await (await context.client()).access.authorise(
      {
        bank,
        scope,
        customer: assignments(given.texts('customer'), '--customer'),
        ...targetInput(given),
        ...(psu === undefined ? {} : { psu }),
        ...(decision === undefined ? {} : { decision: decision as 'approve' }),
        ...(timeout === undefined ? {} : { timeout }),
      },
      { signal: context.signal },
    )
    let grant: Grant | null = null
    for await (const event of events) {
      if (event.type === 'open' && psu === undefined)
        context.tell(
          event.opened
            ? 'The page of the bank is open in your browser.'
            : `Open this page as the customer:\n${event.url}`,
        )
      if (event.type === 'grant') grant = event.grant
    }
    if (grant === null) throw new Fault('INTERNAL', 'The authorisation ended without a grant.')
    const text = `Grant ${grant.id}: scope ${grant.scope}, good for ${grant.accessTokenSecondsLeft} s${grant.refreshable ? ', refreshable' : ''}.`
    return { document: grant, text }
  },
}
