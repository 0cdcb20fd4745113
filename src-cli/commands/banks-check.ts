import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type Command, positionals } from '../command.ts'
import { bankFolderFiles } from './banks-files.ts'

/** A word without a separator that is no folder is the id of a bank. */
const isPath = (word: string): Promise<boolean> =>
  stat(word).then(
    () => true,
    () => /[/\\.]/.test(word),
  )

/** `tpp banks check`: the checks of the product's own banks, over any folder. */
export const banksCheck: Command = {
  summary: 'Check a bank folder, or a bank by its id, with the checks of the shipped banks',
  usage: ['banks check <folder or bank>'],
  examples: ['banks check ./my-bank', 'banks check ica-banken'],
  async run(context) {
    const { 'folder or bank': word } = positionals(context, banksCheck, 'folder or bank')
    const input = (await isPath(word))
      ? { folder: basename(resolve(word)) || 'bank', files: await bankFolderFiles(word) }
      : { bank: word }
    const report = await (await context.client()).banks.check(input, { signal: context.signal })
    const lines = report.checks.map(({ id, ok, message, file, place }) => {
      const where = [file, place].filter((each) => each !== null).join(' ')
      return `${ok ? '✓' : '✗'} ${id}: ${message}${ok || where === '' ? '' : ` (${where})`}`
    })
    return { document: report, text: lines.join('\n'), exit: report.ok ? 0 : 3 }
  },
}
