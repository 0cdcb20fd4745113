import type { Retention } from '#shared/contract/history.ts'
import { type Arguments, type Command, positionals } from '../command.ts'

/** undefined: not given; null: `off`. */
function limitOf(given: Arguments, name: 'days' | 'count', most: number): number | null | undefined {
  if (given.text(name) === 'off') return null
  return given.integer(name, 1, most)
}

function inWords({ days, count }: Retention): string {
  if (days === null && count === null) return 'Exchanges are kept until they are deleted.'
  const parts = [days === null ? [] : [`for ${days} days`], count === null ? [] : [`at most ${count} of them`]].flat()
  return `Exchanges are kept ${parts.join(', ')}.`
}

/** `tpp history retention`: how long exchanges are kept. */
export const historyRetention: Command = {
  summary: 'Show or set how long exchanges are kept',
  usage: ['history retention [--days N|off] [--count N|off]'],
  options: {
    days: { type: 'string', value: 'N', description: 'Delete what is older than so many days; off: never' },
    count: { type: 'string', value: 'N', description: 'Keep the newest N; off: all' },
  },
  async run(context) {
    positionals(context, historyRetention)
    const [days, count] = [limitOf(context.arguments, 'days', 36_500), limitOf(context.arguments, 'count', 10_000_000)]
    const { history } = await context.client()
    const before = await history.retention(undefined, { signal: context.signal })
    if (days === undefined && count === undefined) return { document: before, text: inWords(before) }
    const wanted = {
      days: days === undefined ? before.days : days,
      count: count === undefined ? before.count : count,
    }
    const { retention, deleted } = await history.keepFor(wanted, { signal: context.signal })
    const text = `${inWords(retention)}${deleted === 0 ? '' : ` Deleted ${deleted} just now.`}`
    return { document: { ...retention, deleted }, text }
  },
}
