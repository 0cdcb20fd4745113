import { Fault } from '#shared/fault.ts'
import { assignments, type Command, positionals } from '../command.ts'
import { aboutInput, aboutOptions } from './about-options.ts'
import { patienceInput, patienceOptions, runAccess } from './access-run.ts'
import { targetInput, targetOptions } from './target-options.ts'

/** `tpp access authorise`: the customer signs at the bank, the workbench gets a grant. */
export const accessAuthorise: Command = {
  summary: 'Let a customer authorise a scope or one consent at the bank and keep the grant',
  usage: ['access authorise <bank> --scope SCOPE', 'access authorise <bank> --consent ID'],
  options: {
    ...targetOptions,
    scope: {
      type: 'string',
      value: 'SCOPE',
      description: 'Scope to ask for, e.g. account, payment, basket:<id>, payment_delete:<id>',
    },
    consent: {
      type: 'string',
      value: 'ID',
      description: 'Consent or payment that was created before (tpp access consents), authorised by its links',
    },
    parameter: {
      type: 'string',
      value: 'NAME=VALUE',
      multiple: true,
      description: 'With --consent: for the call that starts an authorisation, e.g. PSU-ID=…',
    },
    present: {
      ...aboutOptions.present,
      description: 'With --consent: the customer is asking now, from this IP address',
    },
    customer: {
      type: 'string',
      value: 'NAME=VALUE',
      multiple: true,
      description: 'What the bank asks to recognise the customer, e.g. ssn=197202022389',
    },
    ...patienceOptions,
  },
  examples: [
    'access authorise ica-banken --scope account --customer ssn=197202022389',
    'access authorise ica-banken --scope account --psu "Anna Andersson"',
    'access authorise bank-of-georgia --consent 3d9a81b3-a47d-4130-8765-a9c0ff861b99',
  ],
  async run(context) {
    const { bank } = positionals(context, accessAuthorise, 'bank')
    const given = context.arguments
    const [scope, consent] = [given.text('scope'), given.text('consent')]
    if ((scope === undefined) === (consent === undefined))
      throw new Fault('USAGE', 'Give either --scope, for example --scope account, or --consent ID.', {
        option: 'scope',
      })
    const client = await context.client()
    const patience = patienceInput(given)
    const events =
      consent === undefined
        ? await client.access.authorise(
            {
              bank,
              scope: scope ?? '',
              customer: assignments(given.texts('customer'), '--customer'),
              ...targetInput(given),
              ...patience,
            },
            { signal: context.signal },
          )
        : await client.access.authoriseConsent(
            { consent, ...aboutInput(given), ...patience },
            { signal: context.signal },
          )
    return runAccess(events, client, context)
  },
}
