import type { Command } from '../command.ts'
import { patienceInput, patienceOptions, runAccess } from './access-run.ts'
import { draftOptions, readDraft } from './draft-input.ts'

/** `tpp access challenge`: a call the bank answers with a page; after the customer was there it is sent once more. */
export const accessChallenge: Command = {
  summary: 'Send a call; where the bank answers with a page for the customer, wait and send it anew, newly signed',
  usage: ['access challenge <bank> <operation> [parameter=value…]'],
  options: {
    ...draftOptions,
    ...patienceOptions,
    callback: {
      ...patienceOptions.callback,
      description: 'Where the customer comes back to (an address of this machine)',
    },
  },
  examples: [
    'access challenge sparebank1 sb1-sct-payment-create PSU-ID=09080712345 --body-file payment.json',
    'access challenge sparebank1 sb1-sct-payment-create --body-file payment.json --psu "Ola Nordmann"',
  ],
  async run(context) {
    const draft = await readDraft(context.arguments, accessChallenge.usage[0] ?? '')
    const client = await context.client()
    const events = await client.access.challenge(
      { draft, ...patienceInput(context.arguments) },
      { signal: context.signal },
    )
    return runAccess(events, client, context)
  },
}
