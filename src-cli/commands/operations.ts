import { type Command, positionals } from '../command.ts'
import { table } from '../print/table.ts'

/** `tpp operations <bank>`: what can be called. */
export const operations: Command = {
  summary: 'List the operations of a bank',
  usage: ['operations <bank>'],
  async run(context) {
    const { bank } = positionals(context, operations, 'bank')
    const list = await (await context.client()).banks.operations({ bank }, { signal: context.signal })
    const rows = list.map(({ id, method, path, title, assumptions }) => [
      id,
      method,
      path,
      assumptions.length > 0 ? `${title} (${assumptions.length} assumed)` : title,
    ])
    return { document: list, text: table(['ID', 'METHOD', 'PATH', 'TITLE'], rows) }
  },
}
