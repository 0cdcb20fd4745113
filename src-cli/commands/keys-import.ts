import { readFile } from 'node:fs/promises'
import { Fault } from '#shared/fault.ts'
import { type Command, positionals } from '../command.ts'
import { readPassphraseFile } from '../host/passphrase.ts'
import { identityLines } from '../print/identity.ts'

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Fault(
      'FILE_UNREADABLE',
      `The ${what} file ${path} could not be read: ${(cause as NodeJS.ErrnoException).code}.`,
      { file: path },
      cause,
    )
  }
}

/** `tpp keys import`: a certificate and its key, PEM. */
export const keysImport: Command = {
  summary: 'Import a PEM certificate with its private key',
  usage: ['keys import <file> --name NAME'],
  options: {
    name: { type: 'string', value: 'NAME', description: 'Name of the identity' },
    key: { type: 'string', value: 'FILE', description: 'File of the private key, when it is not in the same file' },
    'passphrase-file': {
      type: 'string',
      value: 'FILE',
      description: 'File whose first line is the passphrase of an encrypted key',
    },
  },
  examples: ['keys import qwac.pem --key qwac.key --name acme --passphrase-file pass.txt'],
  async run(context) {
    const { file } = positionals(context, keysImport, 'file')
    const name = context.arguments.text('name')
    if (name === undefined)
      throw new Fault('USAGE', '--name is missing: give the identity a name, for example --name acme.', {
        option: 'name',
      })
    const keyFile = context.arguments.text('key')
    const passphraseFile = context.arguments.text('passphrase-file')
    const identity = await (await context.client()).keys.import(
      {
        name,
        certificates: await readText(file, 'certificate'),
        ...(keyFile === undefined ? {} : { key: await readText(keyFile, 'key') }),
        ...(passphraseFile === undefined ? {} : { passphrase: await readPassphraseFile(passphraseFile) }),
      },
      { signal: context.signal },
    )
    return { document: identity, text: identityLines(identity) }
  },
}
