/** Gets the vault's passphrase without ever taking it from the command line: from a file, or typed unseen. */
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { Fault } from '#shared/fault.ts'

/** First line of a file; a trailing line break and the mark some editors put first are no part of it. Throws FILE_UNREADABLE. */
export async function readPassphraseFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\ufeff/, '').split(/\r?\n/)[0] ?? ''
  } catch (cause) {
    throw new Fault(
      'FILE_UNREADABLE',
      `The passphrase file ${path} could not be read: ${(cause as NodeJS.ErrnoException).code}.`,
      { file: path },
      cause,
    )
  }
}

function typed(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write(question)
  return new Promise((resolve, reject) => {
    lines.once('SIGINT', () => {
      lines.close()
      process.stderr.write('\n')
      reject(new Fault('CANCELLED', 'No passphrase was given.'))
    })
    lines.question('', (answer) => {
      lines.close()
      process.stderr.write('\n')
      resolve(answer)
    })
  })
}

/** Throws VAULT_PASSPHRASE_MISSING when there is neither a file nor a person. */
export async function vaultPassphrase(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (environment.TPP_PASSPHRASE_FILE) return readPassphraseFile(environment.TPP_PASSPHRASE_FILE)
  if (process.stdin.isTTY) return typed('Passphrase of the vault: ')
  throw new Fault(
    'VAULT_PASSPHRASE_MISSING',
    'The vault needs its passphrase and nobody is there to type it. Put it into a file only you can read and name the file in TPP_PASSPHRASE_FILE.',
  )
}
