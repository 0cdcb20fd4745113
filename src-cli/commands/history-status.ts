import { type Command, positionals } from '../command.ts'

/** `tpp history status`: how much there is, and what happened to it. */
export const historyStatus: Command = {
  summary: 'Show how many exchanges are kept, and what was put aside',
  usage: ['history status'],
  async run(context) {
    positionals(context, historyStatus)
    const status = await (await context.client()).history.status(undefined, { signal: context.signal })
    const { exchanges, bytes, unsealed, readOnly, putAside, backups } = status
    const lines = [`${exchanges} ${exchanges === 1 ? 'exchange' : 'exchanges'}, ${(bytes / 1e6).toFixed(1)} MB`]
    if (unsealed > 0)
      lines.push(`${unsealed} of an earlier version are not sealed yet: that is done once the key store is open.`)
    if (readOnly !== null) lines.push(readOnly)
    for (const { file, at } of putAside) lines.push(`Damaged and put aside ${at.slice(0, 10)}: ${file}`)
    for (const file of backups) lines.push(`Copy made before a migration: ${file}`)
    return { document: status, text: lines.join('\n') }
  },
}

/** `tpp history salvage`: what a damaged database still has comes back. */
export const historySalvage: Command = {
  summary: 'Bring back what can be read of a damaged database that was put aside',
  usage: ['history salvage <file name>'],
  async run(context) {
    const file = positionals(context, historySalvage, 'file name')['file name']
    const salvaged = await (await context.client()).history.salvage({ file }, { signal: context.signal })
    const { broughtBack } = salvaged
    return { document: salvaged, text: `${broughtBack} ${broughtBack === 1 ? 'exchange' : 'exchanges'} came back.` }
  },
}
