import { Fault } from '#shared/fault.ts'
import type { Command } from '../command.ts'
import { exchangeDocument, exchangeText } from '../print/exchange.ts'
import { table } from '../print/table.ts'

/** `tpp history [id]`: what was sent, newest first, or one exchange. */
export const history: Command = {
  summary: 'List the exchanges made, or show one',
  usage: ['history [exchange id]'],
  options: {
    limit: { type: 'string', value: 'N', description: 'How many at the most (50)' },
    bank: { type: 'string', value: 'ID', description: 'Only those with this bank' },
  },
  async run(context) {
    const [id, surplus] = context.arguments.positionals
    if (surplus !== undefined)
      throw new Fault('USAGE', `"${surplus}" is one argument too many. Usage: tpp ${history.usage[0]}`)
    const client = await context.client()
    if (id !== undefined) {
      const exchange = await client.history.show({ id }, { signal: context.signal })
      return {
        document: exchangeDocument(exchange),
        text: `${exchange.at}  ${exchange.operation}\n${exchangeText(exchange)}`,
      }
    }
    const limit = context.arguments.integer('limit', 1, 1000)
    const bank = context.arguments.text('bank')
    const rows = await client.history.list(
      { ...(limit === undefined ? {} : { limit }), ...(bank === undefined ? {} : { bank }) },
      { signal: context.signal },
    )
    const lines = rows.map(({ id: exchange, at, operation, method, status, fault, errorId, total }) => [
      at.replace('T', ' ').slice(0, 19),
      String(status ?? fault ?? '-'),
      method,
      operation,
      `${Math.round(total)} ms`,
      exchange,
      errorId ?? '',
    ])
    return {
      document: rows,
      text:
        lines.length === 0
          ? 'Nothing was sent yet.'
          : table(['AT', 'STATUS', 'METHOD', 'OPERATION', 'TOOK', 'ID', 'ERROR ROW'], lines),
    }
  },
}
