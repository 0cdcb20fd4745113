/** The shelf finds banks, keeps compiled copies, and is never misled by one. */
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBankShelf, type ShelfFolders } from './bank-shelf.ts'
import { bankView, operationViews } from './bank-views.ts'
import { searchErrors } from './error-views.ts'
import { findEnvironment, findOperation } from './find-operation.ts'

const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
const ica = join(shipped, 'ica-banken')
const shippedIds = ['bank-of-georgia', 'ica-banken', 'payex-ledger', 'salt-edge', 'sparebank1']

let root: string
let folders: ShelfFolders

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tpp-shelf-'))
  folders = { shipped, user: join(root, 'banks'), cache: join(root, 'cache') }
})
afterEach(async () => {
  await chmod(folders.cache, 0o700).catch(() => {})
  await rm(root, { recursive: true, force: true })
})

/** A bank of the user's own; its files are what the test changes. */
async function userBank(id = 'my-bank'): Promise<string> {
  const folder = join(folders.user, id)
  await mkdir(folders.user, { recursive: true })
  await cp(ica, folder, { recursive: true })
  return folder
}

async function rename(folder: string, name: string): Promise<void> {
  const file = join(folder, 'bank.yaml')
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^name: .*$/m, `name: ${name}`))
}

const kept = (id = 'my-bank') => join(folders.cache, `user-${id}.json`)

describe('opening a bank', () => {
  it('finds the shipped one and resolves its signing scheme', async () => {
    const shelf = createBankShelf(folders)
    expect(await shelf.ids()).toEqual(shippedIds)
    const bank = await shelf.open('ica-banken')
    expect(bank).toMatchObject({ id: 'ica-banken', name: 'ICA Banken', source: 'shipped', signing: { signs: false } })
    expect(await shelf.open('ica-banken')).toBe(bank)
  })

  it('lists what is near an unknown id', async () => {
    const shelf = createBankShelf(folders)
    await expect(shelf.open('ica-bankne')).rejects.toMatchObject({
      code: 'BANK_UNKNOWN',
      message: expect.stringContaining('Did you mean ica-banken?'),
      details: { bank: 'ica-bankne', near: ['ica-banken'] },
    })
    await expect(shelf.open('zzzzzzzzzzzz')).rejects.toMatchObject({
      code: 'BANK_UNKNOWN',
      message: expect.stringContaining(`Known banks: ${shippedIds.join(', ')}.`),
    })
    await expect(shelf.open('../banks/ica-banken')).rejects.toMatchObject({ code: 'BANK_UNKNOWN' })
  })

  it('takes a folder of the user, and the shipped one where both have the id', async () => {
    await userBank()
    await rename(await userBank('ica-banken'), 'Impostor')
    const shelf = createBankShelf(folders)
    expect(await shelf.ids()).toEqual([...shippedIds, 'my-bank'])
    expect(await shelf.open('my-bank')).toMatchObject({ id: 'my-bank', source: 'user' })
    expect(await shelf.open('ica-banken')).toMatchObject({ name: 'ICA Banken', source: 'shipped' })
  })

  it('does not take other folders for banks', async () => {
    await userBank()
    await mkdir(join(folders.user, '.git'))
    await writeFile(join(folders.user, 'notes.txt'), 'x')
    expect((await createBankShelf(folders).all()).map(({ id }) => id)).toEqual([...shippedIds, 'my-bank'])
  })

  it('says which folder and file is damaged, and opens it once it is mended', async () => {
    const folder = await userBank()
    const good = await readFile(join(folder, 'errors.yaml'), 'utf8')
    await writeFile(join(folder, 'errors.yaml'), '- id: [')
    const shelf = createBankShelf(folders)
    await expect(shelf.open('my-bank')).rejects.toMatchObject({
      code: 'DATA_DAMAGED',
      message: expect.stringMatching(/my-bank.*errors\.yaml/),
      details: { bank: 'my-bank', file: 'errors.yaml' },
    })
    await writeFile(join(folder, 'errors.yaml'), good)
    expect((await shelf.open('my-bank')).errors).toHaveLength(44)
  })

  it('lets the others stand when one of the user is damaged', async () => {
    await writeFile(join(await userBank(), 'errors.yaml'), '- id: [')
    await userBank('other-bank')
    const shelf = createBankShelf(folders)
    expect((await shelf.all()).map(({ id }) => id)).toEqual([...shippedIds, 'other-bank'])
    expect(await shelf.damaged()).toMatchObject([{ id: 'my-bank', fault: { code: 'DATA_DAMAGED' } }])
  })

  it('says what an incomplete folder lacks', async () => {
    await rm(join(await userBank(), 'openapi.yaml'))
    await expect(createBankShelf(folders).open('my-bank')).rejects.toMatchObject({
      code: 'DATA_DAMAGED',
      message: expect.stringContaining('openapi.yaml'),
    })
  })
})

describe('the kept copy', () => {
  it('is used: the next start reads it instead of the folder', async () => {
    await userBank()
    await createBankShelf(folders).open('my-bank')
    const copy = JSON.parse(await readFile(kept(), 'utf8')) as { stamp: string; bank: { profile: { name: string } } }
    copy.bank.profile.name = 'From the copy'
    await writeFile(kept(), JSON.stringify(copy))
    expect((await createBankShelf(folders).open('my-bank')).name).toBe('From the copy')
  })

  it('is equal to what compiling gives', async () => {
    await userBank()
    const fresh = await createBankShelf(folders).open('my-bank')
    const again = await createBankShelf(folders).open('my-bank')
    expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(JSON.stringify(fresh)))
  })

  it('is made anew after a change of any file, of its size or of its time alone', async () => {
    const folder = await userBank()
    await createBankShelf(folders).open('my-bank')
    await rename(folder, 'Renamed')
    expect((await createBankShelf(folders).open('my-bank')).name).toBe('Renamed')

    const file = join(folder, 'bank.yaml')
    const { mtime } = await stat(file)
    await rename(folder, 'Senamed')
    await utimes(file, mtime, new Date(mtime.getTime() + 1000))
    expect((await createBankShelf(folders).open('my-bank')).name).toBe('Senamed')
  })

  it.each([
    ['half-written', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['null', () => 'null'],
    ['without its bank', (text: string) => JSON.stringify({ stamp: (JSON.parse(text) as { stamp: string }).stamp })],
    ['with half a bank', (text: string) => JSON.stringify({ ...(JSON.parse(text) as object), bank: { profile: {} } })],
  ])('is ignored when it is %s, and replaced', async (_, damage) => {
    await userBank()
    await createBankShelf(folders).open('my-bank')
    await writeFile(kept(), damage(await readFile(kept(), 'utf8')))
    expect((await createBankShelf(folders).open('my-bank')).operations).toHaveLength(22)
    expect(JSON.parse(await readFile(kept(), 'utf8'))).toHaveProperty('bank.operations')
  })

  it('may be impossible to write: a file in place of its folder, or a folder without permission', async () => {
    await userBank()
    await writeFile(folders.cache, 'in the way')
    expect((await createBankShelf(folders).open('my-bank')).operations).toHaveLength(22)
    await rm(folders.cache)
    await mkdir(folders.cache, { mode: 0o500 })
    expect((await createBankShelf(folders).open('my-bank')).operations).toHaveLength(22)
    // Root writes anywhere; for everyone else the folder stays empty.
    if (process.getuid?.() !== 0) expect(await readdir(folders.cache)).toEqual([])
  })
})

describe('views', () => {
  it('count and say which environments are ready', async () => {
    const bank = await createBankShelf(folders).open('ica-banken')
    const view = bankView(bank, () => false)
    expect(view).toMatchObject({ id: 'ica-banken', operations: 22, errors: 44, source: 'shipped' })
    expect(view.environments.map(({ id, ready }) => `${id} ${ready}`)).toEqual([
      'sandbox false',
      'bank-sandbox false',
      'production false',
    ])
    expect(bankView(bank, (id) => id === 'ica-banken').environments[0]?.ready).toBe(true)
    const complete = structuredClone(bank.profile)
    complete.environments[2]!.urls.resource = 'https://gateway.example'
    expect(bankView({ ...bank, profile: complete }, () => false).environments[2]?.ready).toBe(true)
  })

  it('show operations with the text of their assumptions', async () => {
    const views = operationViews(await createBankShelf(folders).open('ica-banken'))
    const sign = views.find(({ id }) => id === 'ica-signing-basket-sign')
    expect(sign?.assumptions.map(({ id }) => id)).toContain('basket-signed-without-body')
    expect(sign?.assumptions.every(({ text, reason }) => text !== '' && reason !== '')).toBe(true)
  })

  it('find rows that hold every word, in any field and case', async () => {
    const banks = [await createBankShelf(folders).open('ica-banken')]
    expect(searchErrors(banks, [])).toHaveLength(44)
    expect(searchErrors(banks, ['ALREADY', 'registered']).map(({ id }) => id)).toEqual([
      'ica-registration-already-registered',
    ])
    expect(searchErrors(banks, ['403']).map(({ id }) => id)).toEqual(['ica-general-kyc-blocked'])
    expect(searchErrors(banks, ['kyc', 'no such word'])).toEqual([])
    expect(searchErrors([], ['x'])).toEqual([])
  })
})

describe('finding inside a bank', () => {
  it('lists what is near', async () => {
    const bank = await createBankShelf(folders).open('ica-banken')
    expect(findOperation(bank, 'ica-payment-get').method).toBe('GET')
    expect(() => findOperation(bank, 'ica-payment-gte')).toThrow(
      expect.objectContaining({
        code: 'OPERATION_UNKNOWN',
        details: expect.objectContaining({ near: expect.arrayContaining(['ica-payment-get']) }),
      }),
    )
    expect(() => findOperation(bank, 'zzzzzzzzzzzzzzzzzzzzzzzz')).toThrow(/tpp operations ica-banken/)
    expect(findEnvironment(bank, 'production').kind).toBe('production')
    expect(() => findEnvironment(bank, 'prod')).toThrow(/It has sandbox, bank-sandbox, production/)
  })
})
