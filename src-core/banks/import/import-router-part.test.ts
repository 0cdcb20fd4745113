/** The calls about banks of one's own, over real folders: made whole or not at all, given back as they are, the product's own untouched. */
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromWire, toWire } from '#shared/wire.ts'
import { createBankShelf } from '../bank-shelf.ts'
import { checkBankFolder } from '../check/check-folder.ts'
import { createBankFolders } from './bank-folders.ts'
import { importHandlers } from './import-router-part.ts'
import { folderFilesOf, smallDocument } from './testing/import-files.ts'

const shipped = join(import.meta.dirname, '..', '..', '..', 'resources', 'banks')
const source = { main: 'a.json', files: [{ path: 'a.json', text: JSON.stringify(smallDocument()) }] }
const other = {
  main: 'a.json',
  files: [{ path: 'a.json', text: JSON.stringify(smallDocument({ info: { title: 'Other', version: '2' } })) }],
}

let root: string
let user: string
let adopted: [string, boolean][]
let changes: string[]

function open() {
  // A shelf per call, as a process that starts anew would have it.
  const shelf = () => createBankShelf({ shipped, user, cache: join(root, 'cache') })
  const handlers = importHandlers({
    places: { shipped, user },
    banks: {
      ids: () => shelf().ids(),
      open: (id) => shelf().open(id),
      adopt: async (id, compiled) => void adopted.push([id, compiled !== null]),
    },
    checkFolder: checkBankFolder,
    sandboxBanks: async () => [],
    changed: (bank) => void changes.push(bank),
  })
  return createRouterClient(handlers, {
    interceptors: [
      async ({ next }: { next(): Promise<unknown> }) => {
        try {
          return await next()
        } catch (error) {
          throw toWire(error)
        }
      },
    ] as never,
  })
}

const faultOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => fromWire(error),
  )
const left = async (): Promise<string[]> => (await readdir(user)).filter((name) => name !== '.lock').sort()

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tpp-import-'))
  user = join(root, 'banks')
  adopted = []
  changes = []
})
afterEach(() => rm(root, { recursive: true, force: true }))

describe('a preview', () => {
  it('writes nothing', async () => {
    const preview = await open().previewImport({ main: 'openapi.yaml', files: folderFilesOf('berlin-group') })
    expect(preview).toMatchObject({ suggestedId: 'example-bank-xs2a', idTakenBy: null, counts: { operations: 8 } })
    await expect(stat(user)).rejects.toThrow()
    expect(changes).toEqual([])
  })

  it('says who has the id', async () => {
    await open().import({ ...source, id: 'small' })
    expect(await open().previewImport(source)).toMatchObject({ suggestedId: 'small', idTakenBy: 'user' })
    const files = (await open().exportFolder({ bank: 'ica-banken' })).files
    expect(await open().previewImport({ main: 'bank.yaml', files })).toMatchObject({
      kind: 'bank-folder',
      idTakenBy: 'shipped',
      counts: { operations: 22, errors: 44 },
    })
  })
})

describe('an import', () => {
  it('makes a folder that opens as a bank and passes the checks of ours', async () => {
    const view = await open().import({
      main: 'openapi.yaml',
      files: folderFilesOf('berlin-group'),
      id: 'my-bank',
      name: 'Mine',
    })
    expect(view).toMatchObject({ id: 'my-bank', name: 'Mine', operations: 8, errors: 0, source: 'user' })
    expect(adopted).toEqual([['my-bank', true]])
    expect(changes).toEqual(['my-bank'])
    expect(await left()).toEqual(['my-bank'])
    expect((await stat(join(user, 'my-bank', 'bank.yaml'))).mode & 0o077).toBe(0)
    const check = await open().check({ bank: 'my-bank' })
    expect(check.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(check).toMatchObject({ ok: true, bank: { id: 'my-bank', operations: 8 } })
  })

  it('leaves nothing behind when it is refused', async () => {
    const fault = await faultOf(
      open().import({ main: 'a.yaml', files: [{ path: 'a.yaml', text: 'swagger: "2.0"' }], id: 'x' }),
    )
    expect(fault).toMatchObject({ code: 'IMPORT_REFUSED', details: { file: 'a.yaml' } })
    await expect(stat(user)).rejects.toThrow()
  })

  it('refuses an id that is taken, unless it replaces a bank of the user’s own', async () => {
    await open().import({ ...source, id: 'small' })
    const before = await readFile(join(user, 'small', 'bank.yaml'), 'utf8')
    expect(await faultOf(open().import({ ...other, id: 'small' }))).toMatchObject({ code: 'BANK_EXISTS' })
    expect(await readFile(join(user, 'small', 'bank.yaml'), 'utf8')).toBe(before)
    expect(await open().import({ ...other, id: 'small', replace: true })).toMatchObject({ name: 'Other' })
    expect(await left()).toEqual(['small'])
    expect(await faultOf(open().import({ ...other, id: 'ica-banken' }))).toMatchObject({ code: 'BANK_EXISTS' })
    const shippedReplaced = open().import({ ...other, id: 'ica-banken', replace: true })
    expect(await faultOf(shippedReplaced)).toMatchObject({ code: 'BANK_READ_ONLY' })
  })

  it.each(['../x', 'A', '', '.hidden', 'a/b', 'con..'])('refuses the id %j', async (id) => {
    expect(await faultOf(open().import({ ...source, id }))).toMatchObject({ code: 'INPUT_INVALID' })
    await expect(stat(user)).rejects.toThrow()
  })

  it('of two at once under one id makes one', async () => {
    const client = open()
    const faults = await Promise.all([source, other].map((each) => faultOf(client.import({ ...each, id: 'one' }))))
    expect(faults.filter((fault) => fault !== null)).toMatchObject([{ code: 'BANK_EXISTS' }])
    expect(await left()).toEqual(['one'])
  })

  it('puts right what a killed process left', async () => {
    await open().import({ ...source, id: 'small' })
    await rename(join(user, 'small'), join(user, '.replaced-small-0123456789ab'))
    await mkdir(join(user, '.new-0123456789ab'))
    await open().import({ ...other, id: 'next' })
    expect(await left()).toEqual(['next', 'small'])
  })
})

describe('round trips', () => {
  it('a folder comes back as it was: export, import, export', async () => {
    for (const bank of ['ica-banken', 'made']) {
      if (bank === 'made') await open().import({ main: 'openapi.yaml', files: folderFilesOf('berlin-group'), id: bank })
      const first = await open().exportFolder({ bank })
      await open().import({ main: 'bank.yaml', files: first.files, id: `${bank}-again` })
      const second = await open().exportFolder({ bank: `${bank}-again` })
      expect(second.files.map(({ path }) => path)).toEqual(first.files.map(({ path }) => path))
      const plain = (files: typeof first.files) =>
        files.map(({ path, text }) => ({ path, text: path === 'bank.yaml' ? text.replace(/^id: .*$/m, '') : text }))
      expect(plain(second.files)).toEqual(plain(first.files))
      await open().import({ main: 'bank.yaml', files: second.files, id: `${bank}-again`, replace: true })
      expect(await open().exportFolder({ bank: `${bank}-again` })).toEqual(second)
    }
  })

  it('a folder that is not whole is refused by the name of what is missing', async () => {
    const { files } = await open().exportFolder({ bank: 'ica-banken' })
    const some = files.filter(({ path }) => path !== 'errors.yaml')
    expect(await faultOf(open().previewImport({ main: 'bank.yaml', files: some }))).toMatchObject({
      code: 'IMPORT_REFUSED',
      details: { file: 'errors.yaml', missing: ['errors.yaml'] },
    })
  })
})

describe('a profile', () => {
  it('is read and saved for a bank of one’s own, and only read for the product’s', async () => {
    await open().import({ ...source, id: 'small' })
    const { profile, editable } = await open().readProfile({ bank: 'small' })
    expect(editable).toBe(true)
    profile.environments[0]!.urls.api = 'https://sandbox.bank.example'
    adopted = []
    const saved = await open().saveProfile({ bank: 'small', profile })
    expect(saved.profile.environments[0]!.urls).toEqual({ api: 'https://sandbox.bank.example' })
    expect(await readFile(join(user, 'small', 'bank.yaml'), 'utf8')).toContain('# What OpenAPI has no place for.')
    expect(adopted).toEqual([['small', true]])
    const ours = await open().readProfile({ bank: 'ica-banken' })
    expect(ours.editable).toBe(false)
    const refused = open().saveProfile({ bank: 'ica-banken', profile: ours.profile })
    expect(await faultOf(refused)).toMatchObject({ code: 'BANK_READ_ONLY' })
  })

  it('that does not fit is refused and nothing is written', async () => {
    await open().import({ ...source, id: 'small' })
    const before = await readFile(join(user, 'small', 'bank.yaml'), 'utf8')
    const { profile } = await open().readProfile({ bank: 'small' })
    profile.environments[0]!.urls.api = 'no url'
    expect(await faultOf(open().saveProfile({ bank: 'small', profile }))).toMatchObject({ code: 'INPUT_INVALID' })
    expect(await readFile(join(user, 'small', 'bank.yaml'), 'utf8')).toBe(before)
  })
})

describe('removing', () => {
  it('takes a bank of one’s own away, even a damaged one, and none of the product’s', async () => {
    await open().import({ ...source, id: 'small' })
    expect(await open().remove({ bank: 'small' })).toEqual({ id: 'small', name: 'Small' })
    expect(adopted.at(-1)).toEqual(['small', false])
    expect(await left()).toEqual([])
    await mkdir(join(user, 'broken'))
    await writeFile(join(user, 'broken', 'bank.yaml'), 'id: [')
    expect(await open().remove({ bank: 'broken' })).toEqual({ id: 'broken', name: 'broken' })
    expect(await faultOf(open().remove({ bank: 'ica-banken' }))).toMatchObject({ code: 'BANK_READ_ONLY' })
  })

  it('takes the one of one’s own away that a bank of the product hides', async () => {
    await mkdir(join(user, 'ica-banken'), { recursive: true })
    expect(await open().remove({ bank: 'ica-banken' })).toEqual({ id: 'ica-banken', name: 'ica-banken' })
    expect(await left()).toEqual([])
    expect(await open().exportFolder({ bank: 'ica-banken' })).toMatchObject({ bank: 'ica-banken' })
  })

  it.each(['nobody', '../banks', '.lock', ''])('says that there is no bank %j', async (bank) => {
    const client = open()
    await mkdir(user, { recursive: true })
    for (const call of [client.remove, client.exportFolder, client.readProfile, client.check])
      expect(await faultOf(call({ bank }))).toMatchObject({ code: 'BANK_UNKNOWN' })
  })
})

describe('checking', () => {
  it('files that are in no folder yet leave none behind', async () => {
    const { files } = await open().exportFolder({ bank: 'ica-banken' })
    const broken = files.map((file) => (file.path === 'errors.yaml' ? { ...file, text: '[' } : file))
    expect(await open().check({ folder: 'mine', files })).toMatchObject({ ok: true, bank: { operations: 22 } })
    expect(await open().check({ folder: '../../mine', files: broken })).toMatchObject({ ok: false })
    const stray = open().check({ folder: 'mine', files: [{ path: '../evil.sh', text: '' }] })
    expect(await faultOf(stray)).toMatchObject({ code: 'IMPORT_REFUSED' })
  })
})

it('reads a folder that is a link of the user’s own, and removes only the link', async () => {
  const elsewhere = join(root, 'elsewhere')
  await open().import({ ...source, id: 'small' })
  await cp(join(user, 'small'), elsewhere, { recursive: true })
  const folders = createBankFolders({ shipped, user })
  await folders.remove('small')
  const { symlink } = await import('node:fs/promises')
  await symlink(elsewhere, join(user, 'small'))
  expect(await folders.read('small')).toHaveLength(3)
  await folders.remove('small')
  expect((await readdir(elsewhere)).sort()).toEqual(['bank.yaml', 'errors.yaml', 'openapi.yaml'])
})
