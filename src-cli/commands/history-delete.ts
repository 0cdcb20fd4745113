import { Fault } from '#shared/fault.ts'
import type { Command, CommandContext } from '../command.ts'

function whichOf({ arguments: given }: CommandContext) {
  const ids = [...given.positionals]
  const olderThanDays = given.integer('older-than', 0, 36_500)
  const all = given.flag('all')
  if ([ids.length > 0, olderThanDays !== undefined, all].filter(Boolean).length !== 1)
    throw new Fault(
      'USAGE',
      `Name exchanges, or give --older-than, or --all. Usage: ${historyDelete.usage.join(' | ')}`,
    )
  if (all) return { all } as const
  return olderThanDays === undefined ? { ids } : { olderThanDays }
}

/** `tpp history delete`: exchanges leave every file of the history. */
export const historyDelete: Command = {
  summary: 'Delete exchanges for good',
  usage: ['history delete <exchange id> …', 'history delete --older-than DAYS', 'history delete --all'],
  options: {
    'older-than': { type: 'string', value: 'DAYS', description: 'Those made before so many days' },
    all: { type: 'boolean', description: 'All of them, with copies and databases that were put aside' },
  },
  async run(context) {
    const which = whichOf(context)
    const removed = await (await context.client()).history.delete(which, { signal: context.signal })
    const { deleted, unknown, files, cleared } = removed
    const lines = [`Deleted ${deleted} ${deleted === 1 ? 'exchange' : 'exchanges'}.`]
    if (unknown.length > 0) lines.push(`Not there: ${unknown.join(', ')}.`)
    if (files.length > 0) lines.push(`Removed: ${files.join(', ')}.`)
    if (!cleared) lines.push('Another program reads the history: the rest is cleared when it is opened next.')
    return { document: removed, text: lines.join('\n') }
  },
}
