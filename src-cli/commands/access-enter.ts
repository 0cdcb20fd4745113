import { Fault } from '#shared/fault.ts'
import { type Command, positionals } from '../command.ts'
import { readSecretFile } from './access-run.ts'
import { targetInput, targetOptions } from './target-options.ts'

async function readToken(file: string | undefined): Promise<string> {
  if (file !== undefined) return readSecretFile(file)
  throw new Fault('USAGE', '--token-file is missing: name a file with the token, or - for standard input.', {
    option: 'token-file',
  })
}

/** `tpp access enter`: a token that was issued elsewhere. */
export const accessEnter: Command = {
  summary: 'Keep a token you got elsewhere as a grant (banks without an authorisation flow, test tokens)',
  usage: ['access enter <bank> --token-file FILE'],
  options: {
    ...targetOptions,
    'token-file': {
      type: 'string',
      value: 'FILE',
      description: 'File with the token and nothing else; - is standard input',
    },
    scope: { type: 'string', value: 'SCOPE', description: 'Scope of the token (the only one of the bank)' },
    'expires-in': { type: 'string', value: 'SECONDS', description: 'How long it is valid (what the token says)' },
  },
  examples: ['access enter payex-ledger --environment production --token-file token.txt --expires-in 3600'],
  async run(context) {
    const { bank } = positionals(context, accessEnter, 'bank')
    const expiresIn = context.arguments.integer('expires-in', 1, 31_536_000)
    const scope = context.arguments.text('scope')
    const token = await readToken(context.arguments.text('token-file'))
    const grant = await (await context.client()).access.enter(
      {
        bank,
        ...targetInput(context.arguments),
        token,
        ...(scope === undefined ? {} : { scope }),
        ...(expiresIn === undefined ? {} : { expiresIn }),
      },
      { signal: context.signal },
    )
    return {
      document: grant,
      text: `Grant ${grant.id} of scope ${grant.scope}: the token is in the key store, good for ${grant.accessTokenSecondsLeft} s.`,
    }
  },
}
