import { type Command, positionals } from '../command.ts'

/** `tpp banks remove`: a bank of one's own goes, its history stays. */
export const banksRemove: Command = {
  summary: 'Remove a bank of your own; its history and grants stay',
  usage: ['banks remove <bank>'],
  examples: ['banks remove my-bank'],
  async run(context) {
    const { bank } = positionals(context, banksRemove, 'bank')
    const gone = await (await context.client()).banks.remove({ bank }, { signal: context.signal })
    return { document: gone, text: `Removed ${gone.name} (${gone.id}).` }
  },
}
