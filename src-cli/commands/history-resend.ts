import type { LeftOut } from '#shared/contract/history.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { type Command, positionals } from '../command.ts'
import { exchangeExit } from '../print/exchange.ts'
import { rehearse } from './call.ts'
import { callOptions, readCall } from './draft-input.ts'
import { exchangeOutcome, outputOption } from './exchange-outcome.ts'
import { targetInput, targetOptions } from './target-options.ts'

type Given = Awaited<ReturnType<typeof readCall>>

const named = (record: Readonly<Record<string, string>>, name: string): boolean =>
  Object.keys(record).some((other) => other.toLowerCase() === name.toLowerCase())

/** Whether the command line brings what history left out. */
function isGiven({ part, name, reason }: LeftOut, given: Given): boolean {
  // What an early version did not keep is said instead: nobody knows what it was.
  if (part === 'parameters') return reason === 'not-kept'
  if (part === 'body') return given.body !== undefined
  const token = name.toLowerCase() === 'authorization' && given.grant !== undefined
  return token || named(part === 'header' ? given.headers : given.parameters, name)
}

const reasons = {
  redacted: 'was a secret and is not kept',
  'not-kept': 'was not kept',
  sealed: 'is sealed, and the key store does not open',
} as const

function howToGive({ part, name, reason }: LeftOut): string {
  if (part === 'parameters') return `The path ${reasons[reason]}: write the call anew with tpp call.`
  if (part === 'body') return `The body ${reasons[reason]}: give it with --body-file FILE.`
  if (part === 'parameter') return `The parameter ${name} ${reasons[reason]}: give it as ${name}=VALUE.`
  const grant = name.toLowerCase() === 'authorization' ? ', or a grant with --grant ID' : ''
  return `The header ${name} ${reasons[reason]}: give it with --header '${name}: VALUE'${grant}.`
}

function refuseIncomplete(id: string, leftOut: readonly LeftOut[], given: Given): void {
  const missing = leftOut.filter((each) => !isGiven(each, given))
  if (missing.length === 0) return
  throw new Fault('RESEND_INCOMPLETE', `Nothing was sent. ${missing.map(howToGive).join(' ')}`, {
    id,
    leftOut: missing,
  })
}

/** What is given goes before what was. */
const completed = (draft: DraftInput, given: Given, target: object): DraftInput => ({
  ...draft,
  ...given,
  ...target,
  parameters: { ...draft.parameters, ...given.parameters },
  headers: { ...draft.headers, ...given.headers },
  insist: draft.insist === true || given.insist,
})

/** `tpp history resend`: a kept call once more, with a new token, signature and X-Request-ID. */
export const historyResend: Command = {
  summary: 'Send a kept call once more, with a new token and signature',
  usage: ['history resend <exchange id> [parameter=value…]'],
  options: {
    ...targetOptions,
    environment: { ...targetOptions.environment, description: 'Environment of the bank (that of then)' },
    identity: { ...targetOptions.identity, description: 'Identity by name or id (that of then)' },
    ...callOptions,
    ...outputOption,
    grant: { ...callOptions.grant, description: 'Grant to use (that of then); "none" sends no token' },
    'preflight-only': {
      type: 'boolean',
      description: 'Show what would be sent and what would be wrong with it; send nothing',
    },
  },
  examples: [
    'history resend 0b9e6d1c-5a4f-4d58-9f6e-0b4a4f1f2c11',
    'history resend 0b9e6d1c-5a4f-4d58-9f6e-0b4a4f1f2c11 PSU-ID=197202022389 --preflight-only',
  ],
  async run(context) {
    const [id = '', ...words] = context.arguments.positionals
    if (id === '') positionals(context, historyResend, 'exchange id')
    const given = await readCall(context.arguments, words)
    const client = await context.client()
    const { draft, leftOut } = await client.history.draft({ id }, { signal: context.signal })
    refuseIncomplete(id, leftOut, given)
    if (leftOut.some(({ part }) => part === 'parameters') && words.length === 0)
      context.tell('An early version kept this exchange without its parameters: only those given here are sent.')
    const again = completed(draft, given, targetInput(context.arguments))
    if (context.arguments.flag('preflight-only')) return rehearse(client, again, context)
    const exchange = await client.requests.send(again, { signal: context.signal })
    return { ...(await exchangeOutcome(exchange, context)), exit: exchangeExit(exchange) }
  },
}
