import { Fault } from '#shared/fault.ts'
import { type Command, type CommandContext, positionals } from '../command.ts'
import { signatureText } from '../print/signature.ts'
import { reportText } from '../report-text.ts'

async function inputOf(context: CommandContext) {
  const { arguments: given } = context
  const exchange = given.text('exchange')
  if (exchange !== undefined) {
    if (given.positionals.length > 0)
      throw new Fault('USAGE', 'Give either a file or --exchange ID, not both.', { option: 'exchange' })
    return { exchange }
  }
  const { file } = positionals(context, signatureExplain, 'file')
  const entry = given.integer('entry', 0, 1_000_000)
  const chosen = ['bank', 'environment', 'operation'].flatMap((name) => {
    const value = given.text(name)
    return value === undefined ? [] : [[name, value]]
  })
  const choice = Object.fromEntries(chosen) as Record<string, string>
  return { text: await reportText(file), ...(entry === undefined ? {} : { entry }), ...choice }
}

/** `tpp signature explain`: the first difference of a request's signature from what its bank wants, and the whole way there. */
export const signatureExplain: Command = {
  summary: 'Take the signature of a request apart and name the first difference from what the bank wants',
  usage: [
    'signature explain <file> [--bank ID]',
    'signature explain - < request.txt',
    'signature explain --exchange ID',
  ],
  options: {
    exchange: { type: 'string', value: 'ID', description: 'An exchange of your own, from history' },
    bank: { type: 'string', value: 'ID', description: 'Whose signing profile; found from the request where left out' },
    environment: { type: 'string', value: 'ID', description: 'The environment whose profile it is' },
    operation: { type: 'string', value: 'ID', description: 'The operation, where the request does not tell' },
    entry: { type: 'string', value: 'N', description: 'Which call of the report, from 0' },
  },
  examples: ['signature explain request.txt --bank sparebank1', 'signature explain --exchange 0f3e…'],
  async run(context) {
    const input = await inputOf(context)
    const explained = await (await context.client()).requests.explainSignature(input, { signal: context.signal })
    return { document: explained, text: signatureText(explained) }
  },
}
