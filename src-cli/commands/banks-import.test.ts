/** `tpp banks import|export|check|remove` over a real engine: files read from the folder, links refused, folders given back. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Ports } from '#core/ports.ts'
import { openWorkbench, type Workbench } from '#core/workbench.ts'
import { faults } from '#shared/fault.ts'
import { fromWire } from '#shared/wire.ts'
import { type Command, type CommandContext, type Outcome, readArguments } from '../command.ts'
import { banksCheck } from './banks-check.ts'
import { banksExport } from './banks-export.ts'
import { banksImport } from './banks-import.ts'
import { banksRemove } from './banks-remove.ts'

const openapi = {
  openapi: '3.0.3',
  info: { title: 'My Bank', version: '1' },
  servers: [{ url: 'https://api.bank.example' }],
  paths: { '/accounts': { $ref: 'paths/accounts.yaml' } },
}
const accounts = `get:
  operationId: listAccounts
  summary: List accounts
  responses:
    '200':
      description: Accounts
      content: { application/json: { schema: { $ref: ../schemas.json#/Accounts } } }
`

let root: string
let workbench: Workbench
let told: string[]

const ports = (): Ports => ({
  dataFolder: join(root, 'data'),
  resourcesFolder: join(import.meta.dirname, '..', '..', 'resources'),
  secrets: { choice: 'vault', passphrase: () => Promise.reject(new Error('no secrets here')) },
  openInBrowser: async () => false,
  sandboxProgram: { command: process.execPath, args: [] },
})

function run(command: Command, ...raw: string[]): Promise<Outcome> {
  const context: CommandContext = {
    arguments: readArguments(command, raw),
    json: true,
    signal: new AbortController().signal,
    tell: (message) => void told.push(message),
    announce: () => {},
    workbench: async () => workbench,
    client: async () => workbench.client,
  }
  return command.run(context)
}

const faultOf = (outcome: Promise<Outcome>) =>
  outcome.then(
    () => {
      throw new Error('it worked')
    },
    (error: unknown) => {
      const fault = fromWire(error)
      return { code: fault.code, exit: faults[fault.code].exit, message: fault.message, details: fault.details }
    },
  )

async function document(): Promise<string> {
  const folder = join(root, 'spec')
  await mkdir(join(folder, 'paths'), { recursive: true })
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(openapi))
  await writeFile(join(folder, 'paths', 'accounts.yaml'), accounts)
  await writeFile(join(folder, 'schemas.json'), '{"Accounts":{"type":"object"}}')
  return join(folder, 'openapi.json')
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tpp-banks-'))
  told = []
  workbench = await openWorkbench(ports())
})
afterEach(async () => {
  await workbench.close()
  await rm(root, { recursive: true, force: true })
})

describe('banks import', () => {
  it('reads the files the document refers to and no others, and makes a bank', async () => {
    const outcome = await run(banksImport, await document())
    expect(outcome.document).toMatchObject({
      id: 'my-bank',
      name: 'My Bank',
      operations: 1,
      source: 'user',
      notSupported: [],
    })
    expect(outcome.text).toContain('Imported My Bank as my-bank: 1 operations')
    expect(told).toEqual(['Reading paths/accounts.yaml', 'Reading schemas.json'])
    const list = await workbench.client.banks.list(undefined)
    expect(list.map(({ id }) => id)).toContain('my-bank')
    const [operation] = await workbench.client.banks.operations({ bank: 'my-bank' })
    expect(operation).toMatchObject({ id: 'list-accounts', method: 'GET', path: '/accounts' })
  })

  it('shows a preview and writes nothing', async () => {
    const outcome = await run(banksImport, await document(), '--preview')
    expect(outcome.document).toMatchObject({ suggestedId: 'my-bank', counts: { operations: 1, files: 3 } })
    expect(outcome.text).toContain('list-accounts')
    expect(outcome.text).toContain('https://api.bank.example')
    await expect(readdir(join(root, 'data', 'banks'))).rejects.toThrow()
  })

  it('takes id and name, and replaces only when told', async () => {
    const file = await document()
    await run(banksImport, file, '--id', 'other', '--name', 'Another')
    expect(await faultOf(run(banksImport, file, '--id', 'other'))).toMatchObject({ code: 'BANK_EXISTS', exit: 3 })
    const replaced = await run(banksImport, file, '--id', 'other', '--replace')
    expect(replaced.document).toMatchObject({ id: 'other', name: 'My Bank' })
    expect(await workbench.client.banks.describe({ bank: 'other' })).toMatchObject({ name: 'My Bank' })
  })

  it('names a file that is missing', async () => {
    const file = await document()
    await rm(join(root, 'spec', 'schemas.json'))
    expect(await faultOf(run(banksImport, file))).toMatchObject({
      code: 'IMPORT_REFUSED',
      exit: 2,
      details: { missing: ['schemas.json'] },
    })
  })

  it('follows no link out of the folder', async () => {
    const file = await document()
    await writeFile(join(root, 'secret.json'), '{"Accounts":{"title":"canary"}}')
    await rm(join(root, 'spec', 'schemas.json'))
    await symlink(join(root, 'secret.json'), join(root, 'spec', 'schemas.json'))
    const fault = await faultOf(run(banksImport, file))
    expect(fault).toMatchObject({ code: 'IMPORT_REFUSED', message: expect.stringContaining('link that leads out') })
  })

  it.each<[string, Buffer, string]>([
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'not valid UTF-8'],
    ['Swagger 2.0', Buffer.from('{"swagger":"2.0"}'), 'Swagger 2.0'],
    ['nothing', Buffer.alloc(0), 'is empty'],
    ['too much', Buffer.alloc(21 * 1024 * 1024, 0x20), '20 MB is the most'],
  ])('refuses a file with %s', async (_title, bytes, words) => {
    const file = join(root, 'file.json')
    await writeFile(file, bytes)
    expect(await faultOf(run(banksImport, file))).toMatchObject({
      code: 'IMPORT_REFUSED',
      exit: 2,
      message: expect.stringContaining(words),
    })
  })

  it('says which file is not there', async () => {
    expect(await faultOf(run(banksImport, join(root, 'nowhere.yaml')))).toMatchObject({
      code: 'FILE_UNREADABLE',
      exit: 2,
    })
    expect(await faultOf(run(banksImport))).toMatchObject({ code: 'USAGE', exit: 2 })
  })
})

describe('a bank folder', () => {
  const exported = () => join(root, 'exported')

  it('is exported, checked, imported under another id, and removed', async () => {
    const outcome = await run(banksExport, 'ica-banken', exported())
    const files = ['openapi.yaml', 'bank.yaml', 'errors.yaml', 'journeys.yaml']
    expect(outcome.document).toEqual({ bank: 'ica-banken', folder: exported(), files })
    const check = await run(banksCheck, exported())
    expect(check).toMatchObject({ exit: 0, document: { ok: true, bank: { operations: 22, errors: 44 } } })
    const imported = await run(banksImport, exported(), '--id', 'mine')
    expect(imported.document).toMatchObject({ id: 'mine', operations: 22, errors: 44 })
    const second = join(root, 'second')
    await run(banksExport, 'mine', second)
    for (const name of files.filter((each) => each !== 'bank.yaml'))
      expect(await readFile(join(second, name), 'utf8')).toBe(await readFile(join(exported(), name), 'utf8'))
    expect((await run(banksRemove, 'mine')).document).toEqual({ id: 'mine', name: 'ICA Banken' })
    expect(await faultOf(run(banksRemove, 'mine'))).toMatchObject({ code: 'BANK_UNKNOWN', exit: 2 })
  })

  it('is not written over anything', async () => {
    await mkdir(exported())
    await writeFile(join(exported(), 'mine.txt'), 'mine')
    expect(await faultOf(run(banksExport, 'ica-banken', exported()))).toMatchObject({ code: 'USAGE', exit: 2 })
    expect(await readdir(exported())).toEqual(['mine.txt'])
    expect(await faultOf(run(banksExport, 'nobody', join(root, 'new')))).toMatchObject({ code: 'BANK_UNKNOWN' })
    await expect(readdir(join(root, 'new'))).rejects.toThrow()
  })

  it('that is damaged fails the check with the file and the place', async () => {
    await run(banksExport, 'ica-banken', exported())
    const file = join(exported(), 'bank.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace('country: SE', 'country: Sweden'))
    const check = await run(banksCheck, exported())
    expect(check).toMatchObject({ exit: 3, document: { ok: false } })
    expect(check.text).toMatch(/✗ .*bank\.yaml.*country/)
  })

  it('can be named by the id of its bank', async () => {
    expect(await run(banksCheck, 'ica-banken')).toMatchObject({ exit: 0 })
    expect(await faultOf(run(banksCheck, 'nobody'))).toMatchObject({ code: 'BANK_UNKNOWN' })
    expect(await faultOf(run(banksCheck, './nobody'))).toMatchObject({ code: 'FILE_UNREADABLE' })
  })

  it('of the product stays', async () => {
    expect(await faultOf(run(banksRemove, 'ica-banken'))).toMatchObject({ code: 'BANK_READ_ONLY', exit: 2 })
  })
})
