import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '#shared/fault.ts'
import { type Command, positionals } from '../command.ts'

const unwritable = (folder: string, cause: unknown): Fault => {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause)
  return new Fault('DATA_UNWRITABLE', `${folder} could not be written: ${code}.`, { folder }, cause)
}

/** Throws USAGE where something else is in the way: nobody's files are overwritten. */
async function makeEmpty(folder: string): Promise<void> {
  const names = await mkdir(folder, { recursive: true })
    .then(() => readdir(folder))
    .catch((cause: unknown) => {
      throw unwritable(folder, cause)
    })
  if (names.length === 0) return
  throw new Fault('USAGE', `${folder} is not empty. Name a folder that is new or empty.`, { folder })
}

/** `tpp banks export`: the folder of a bank, to share, to keep under version control or to edit. */
export const banksExport: Command = {
  summary: 'Write the folder of a bank, shipped or your own, into a new folder',
  usage: ['banks export <bank> <folder>'],
  examples: ['banks export my-bank ./my-bank', 'banks export ica-banken ./ica-banken-of-mine'],
  async run(context) {
    const { bank, folder } = positionals(context, banksExport, 'bank', 'folder')
    const { files } = await (await context.client()).banks.exportFolder({ bank }, { signal: context.signal })
    await makeEmpty(folder)
    for (const { path, text } of files) {
      await writeFile(join(folder, path), text, { flag: 'wx' }).catch((cause: unknown) => {
        throw unwritable(folder, cause)
      })
    }
    const names = files.map(({ path }) => path)
    return { document: { bank, folder, files: names }, text: `Wrote ${names.join(', ')} into ${folder}.` }
  },
}
