import type { Command } from '../command.ts'

/** `tpp errors [words]`: the banks' own error tables, searched. */
export const errors: Command = {
  summary: "Search the banks' error tables",
  usage: ['errors [words…]'],
  options: { bank: { type: 'string', value: 'ID', description: 'Only rows of this bank' } },
  examples: ['errors consent', 'errors 401 client --bank ica-banken'],
  async run(context) {
    const bank = context.arguments.text('bank')
    const input = { words: [...context.arguments.positionals], ...(bank === undefined ? {} : { bank }) }
    const rows = await (await context.client()).banks.errors(input, { signal: context.signal })
    const text = rows
      .map(({ id, bank: of, http, code, title, detail, cause, fix }) =>
        [
          id,
          `  ${of}: ${[http, code, title].filter((word) => word !== null).join(' · ')}`,
          ...(detail === null ? [] : [`  ${detail}`]),
          `  Cause: ${cause}`,
          `  Fix:   ${fix}`,
        ].join('\n'),
      )
      .join('\n\n')
    return { document: rows, text: rows.length === 0 ? 'No row has these words.' : text }
  },
}
