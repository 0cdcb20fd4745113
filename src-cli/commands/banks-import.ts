import type { ImportFileInput, ImportPreview } from '#shared/contract/bank-import.ts'
import { fromWire } from '#shared/wire.ts'
import { type Command, type CommandContext, positionals } from '../command.ts'
import { table } from '../print/table.ts'
import { bankFolderFiles, filesBeside, isFolder, mainFile } from './banks-files.ts'

interface Source {
  readonly main: string
  readonly files: ImportFileInput[]
  readonly preview: ImportPreview
}

const paths = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []

/** Reads the main file and, as long as the preview names files that are missing and there, those. */
async function readSource(context: CommandContext, path: string): Promise<Source> {
  const { banks } = await context.client()
  if (await isFolder(path)) {
    const source = { main: 'bank.yaml', files: await bankFolderFiles(path) }
    return { ...source, preview: await banks.previewImport(source, { signal: context.signal }) }
  }
  const { main, files } = await mainFile(path)
  for (;;) {
    try {
      return { main, files, preview: await banks.previewImport({ main, files }, { signal: context.signal }) }
    } catch (error) {
      const fault = fromWire(error)
      const missing = paths(fault.details.missing).filter((each) => files.every((file) => file.path !== each))
      const found = missing.length > 0 ? await filesBeside(path, missing) : []
      if (found.length === 0) throw fault
      context.tell(`Reading ${found.map((file) => file.path).join(', ')}`)
      files.push(...found)
    }
  }
}

function notSupportedLines({ notSupported, warnings }: ImportPreview): string[] {
  const lines = warnings.map((warning) => `Note: ${warning}`)
  if (notSupported.length === 0) return lines
  const rows = notSupported.slice(0, 20).map(({ place, what, effect }) => [what, effect, place])
  const more = notSupported.length > 20 ? [`… and ${notSupported.length - 20} more (--json lists all)`] : []
  return [...lines, '', 'Not supported:', table(['WHAT', 'EFFECT', 'PLACE'], rows), ...more]
}

function previewLines(preview: ImportPreview): string {
  const { title, version, openapi, suggestedId, suggestedName, idTakenBy, counts, servers, tags } = preview
  const taken =
    idTakenBy === null ? '' : `, which is the id of a bank ${idTakenBy === 'user' ? 'of your own' : 'of the product'}`
  return [
    `${title} ${version} (OpenAPI ${openapi})`,
    `Would become: ${suggestedId} "${suggestedName}"${taken}`,
    `${counts.operations} operations, ${counts.parameters} parameters, ${counts.schemas} schemas, ${counts.examples} examples, ${counts.errors} error rows`,
    '',
    table(
      ['TAG', 'VIEW', 'OPERATIONS'],
      tags.map(({ name, view, operations }) => [name, view ?? '-', operations.map(({ id }) => id).join(', ')]),
    ),
    '',
    table(
      ['HOST', 'ENVIRONMENT', 'URL'],
      servers.map(({ host, environment, url }) => [host, environment, url || '(to be filled in)']),
    ),
    ...notSupportedLines(preview),
  ].join('\n')
}

/** `tpp banks import`: an OpenAPI document, or a bank folder, as a bank of one's own. */
export const banksImport: Command = {
  summary: 'Import an OpenAPI 3.0 or 3.1 document, or a bank folder, as a bank of your own',
  usage: [
    'banks import <file or folder> [--id ID] [--name NAME] [--replace]',
    'banks import <file or folder> --preview',
  ],
  options: {
    id: { type: 'string', value: 'ID', description: 'Id of the bank; made from the title where left out' },
    name: { type: 'string', value: 'NAME', description: "Name of the bank; the document's title where left out" },
    preview: { type: 'boolean', description: 'Show what would be made and write nothing' },
    replace: { type: 'boolean', description: 'Take the place of a bank of your own that has the id' },
  },
  examples: [
    'banks import openapi.yaml --preview',
    'banks import openapi.yaml --id my-bank --name "My Bank"',
    'banks import my-bank/ --replace',
  ],
  async run(context) {
    const { 'file or folder': path } = positionals(context, banksImport, 'file or folder')
    const { preview, ...source } = await readSource(context, path)
    if (context.arguments.flag('preview')) return { document: preview, text: previewLines(preview) }
    const name = context.arguments.text('name')
    const bank = await (await context.client()).banks.import(
      {
        ...source,
        id: context.arguments.text('id') ?? preview.suggestedId,
        replace: context.arguments.flag('replace'),
        ...(name === undefined ? {} : { name }),
      },
      { signal: context.signal },
    )
    const { notSupported, warnings } = preview
    const done = `Imported ${bank.name} as ${bank.id}: ${bank.operations} operations, environments ${bank.environments.map(({ id }) => id).join(' and ')}.`
    return { document: { ...bank, notSupported, warnings }, text: [done, ...notSupportedLines(preview)].join('\n') }
  },
}
