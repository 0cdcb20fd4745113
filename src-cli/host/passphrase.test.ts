/** The vault's passphrase comes from a file or from a person, never from the command line. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPassphraseFile, vaultPassphrase } from './passphrase.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-passphrase-'))
  file = join(folder, 'passphrase')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a passphrase file', () => {
  it.each([
    ['correct horse', 'correct horse'],
    ['correct horse\n', 'correct horse'],
    ['correct horse\r\nsecond line\r\n', 'correct horse'],
    [' with blanks \n', ' with blanks '],
    ['\ufeffcorrect horse\r\n', 'correct horse'],
    ['åäö 🔑', 'åäö 🔑'],
    ['', ''],
  ])('with %j says %j', async (text, passphrase) => {
    await writeFile(file, text)
    expect(await readPassphraseFile(file)).toBe(passphrase)
  })

  it('that is missing, or a folder, is a fault without contents', async () => {
    await expect(readPassphraseFile(file)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      details: { file },
      message: expect.stringContaining('ENOENT'),
    })
    await expect(readPassphraseFile(folder)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })
})

describe('the passphrase of the vault', () => {
  it('comes from the file that is named', async () => {
    await writeFile(file, 'from a file\n')
    expect(await vaultPassphrase({ TPP_PASSPHRASE_FILE: file })).toBe('from a file')
    await expect(vaultPassphrase({ TPP_PASSPHRASE_FILE: join(folder, 'none') })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    })
  })

  it.skipIf(process.stdin.isTTY)('is missing where nobody is there to type it', async () => {
    for (const environment of [{}, { TPP_PASSPHRASE_FILE: '' }])
      await expect(vaultPassphrase(environment)).rejects.toMatchObject({
        code: 'VAULT_PASSPHRASE_MISSING',
        message: expect.stringContaining('TPP_PASSPHRASE_FILE'),
      })
  })
})
