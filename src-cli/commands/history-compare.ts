import { type Command, positionals } from '../command.ts'
import { exchangeDocument } from '../print/exchange.ts'
import { differenceTable } from '../print/history.ts'

/** `tpp history compare`: what is not the same in two exchanges. */
export const historyCompare: Command = {
  summary: 'Compare two exchanges: headers, bodies by pointer, timings, TLS',
  usage: ['history compare <exchange id> <exchange id>'],
  async run(context) {
    const { a, b } = positionals(context, historyCompare, 'a', 'b')
    const found = await (await context.client()).history.compare({ a, b }, { signal: context.signal })
    const { differences, more, notCompared } = found
    const text = differences.length === 0 ? 'They are the same.' : differenceTable(differences)
    const notes = [...(more ? ['There are more differences than these.'] : []), ...notCompared]
    return {
      document: { a: exchangeDocument(found.a), b: exchangeDocument(found.b), differences, more, notCompared },
      text: [differences.length === 0 && notCompared.length > 0 ? 'Nothing else differs.' : text, ...notes].join('\n'),
    }
  },
}
