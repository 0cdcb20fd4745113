/** A bank of one's own in the documented steps, with the built program: from its OpenAPI document, and from a folder written by hand. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTerminal, type Terminal } from './terminal.ts'

const fixture = join(import.meta.dirname, '..', 'fixtures', 'harbour-bank')
const written = join(fixture, 'folder')
const bank = 'harbour-bank'

let terminal: Terminal
let scratch = ''
beforeAll(async () => {
  terminal = await openTerminal()
  scratch = await mkdtemp(join(tmpdir(), 'tpp-own-bank-'))
})
afterAll(async () => {
  await terminal.close()
  await rm(scratch, { recursive: true, force: true })
})

/** The document of a command that ends with this number. */
async function answer<Shape = Record<string, unknown>>(exit: number, ...args: string[]): Promise<Shape> {
  const run = await terminal.run([...args, '--json'])
  expect(run.exit, `${run.stdout}${run.stderr}`).toBe(exit)
  return run.json<Shape>()
}

interface Check {
  ok: boolean
  bank: { id: string; operations: number; errors: number } | null
  checks: { id: string; ok: boolean; message: string; place: string | null }[]
}
const failedOf = ({ checks }: Check) => checks.filter(({ ok }) => !ok)
const idsOf = async (): Promise<string[]> => (await answer<{ id: string }[]>(0, 'banks')).map(({ id }) => id)

async function textsOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).toSorted()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  )
}

const payment = JSON.stringify({ amount: '12.50', currency: 'EUR', creditor: 'DE89370400440532013000' })

describe('from an OpenAPI document', () => {
  const document = join(fixture, 'document.yaml')

  it('is shown before it is made', async () => {
    expect(await answer(0, 'banks', 'import', document, '--preview')).toMatchObject({
      suggestedId: bank,
      counts: { operations: 5, tags: 2 },
    })
    expect(await idsOf()).not.toContain(bank)
  })

  it('is a bank with its operations', async () => {
    expect(await answer(0, 'banks', 'import', document, '--id', bank, '--name', 'Harbour Bank')).toMatchObject({
      id: bank,
      operations: 5,
      errors: 0,
      source: 'user',
      notSupported: [{ place: '#/components/securitySchemes/oauth' }],
    })
    const operations = await answer<{ id: string; scope: string }[]>(0, 'operations', bank)
    expect(operations.map(({ id, scope }) => [id, scope])).toEqual([
      ['list-accounts', 'accounts'],
      ['account-details', 'accounts'],
      ['create-payment', 'payments'],
      ['delete-payment', 'payments'],
      ['payment-status', 'payments'],
    ])
  })

  it('is called at the URL that was set for an environment', async () => {
    const url = 'https://gateway.harbour.example/open/v2'
    await answer(0, 'environment', bank, 'production', '--url', `api=${url}`)
    const call = ['call', bank, 'create-payment', '--environment', 'production', '--preflight-only', '--grant', 'none']
    expect(await answer(0, ...call, '--body', payment)).toMatchObject({
      request: { method: 'POST', url: `${url}/payments`, body: payment },
      response: null,
      findings: [{ id: 'token-missing' }],
    })
    expect(await answer(2, ...call, '--body', '{"amount":"12"}')).toMatchObject({ fault: { code: 'BODY_INVALID' } })
  })

  it('carries the token that was entered', async () => {
    const token = join(scratch, 'token')
    await writeFile(token, 'a-token-of-the-bank')
    const there = [bank, '--environment', 'production']
    expect(await answer(3, 'call', ...there, 'list-accounts', '--preflight-only')).toMatchObject({
      fault: { code: 'GRANT_MISSING', message: expect.stringContaining('tpp access enter harbour-bank') },
    })
    await answer(0, 'access', 'enter', ...there, '--scope', 'accounts', '--token-file', token, '--expires-in', '60')
    expect(await answer(0, 'call', ...there, 'list-accounts', '--preflight-only')).toMatchObject({
      request: { method: 'GET', headers: { Authorization: 'Bearer [redacted]' } },
    })
  })

  it('leaves as a folder that passes its check and comes back as it was', async () => {
    const folder = join(scratch, bank)
    expect(await answer(0, 'banks', 'export', bank, folder)).toMatchObject({
      bank,
      files: ['openapi.yaml', 'bank.yaml', 'errors.yaml'],
    })
    const before = await textsOf(folder)
    const checked = await answer<Check>(0, 'banks', 'check', folder)
    expect(failedOf(checked)).toEqual([])
    expect(checked.bank).toMatchObject({ id: bank, operations: 5, errors: 0 })
    expect(await answer(3, 'banks', 'import', folder)).toMatchObject({ fault: { code: 'BANK_EXISTS' } })
    await answer(0, 'banks', 'import', folder, '--replace')
    const again = join(scratch, 'again')
    await answer(0, 'banks', 'export', bank, again)
    expect(await textsOf(again)).toEqual(before)
  })

  it('is gone when it is removed', async () => {
    expect(await answer(0, 'banks', 'remove', bank)).toEqual({ id: bank, name: 'Harbour Bank' })
    expect(await idsOf()).not.toContain(bank)
    expect(await answer(2, 'banks', 'remove', bank)).toMatchObject({ fault: { code: 'BANK_UNKNOWN' } })
  })
})

describe('from a folder written by hand', () => {
  it('passes its check, is imported with errors and journeys, and leaves byte for byte', async () => {
    const checked = await answer<Check>(0, 'banks', 'check', written)
    expect(failedOf(checked)).toEqual([])
    expect(checked.bank).toMatchObject({ id: bank, operations: 7, errors: 2 })
    await answer(0, 'banks', 'import', written)
    const errors = await answer<{ id: string }[]>(0, 'errors', '--bank', bank)
    expect(errors.map(({ id }) => id)).toEqual(['harbour-token-expired', 'harbour-amount-invalid'])
    const folder = join(scratch, 'written')
    await answer(0, 'banks', 'export', bank, folder)
    expect(await textsOf(folder)).toEqual(await textsOf(written))
    await answer(0, 'banks', 'remove', bank)
  })

  it.each<[string, string, string, string, RegExp]>([
    ['bank.yaml', '  lifetimes: ', '  # ', 'profile', /^access\.lifetimes is missing/],
    ['bank.yaml', 'token: harbour-oauth-token', 'token: the-token-call', 'profile-names', /openapi\.yaml/],
    ['openapi.yaml', 'x-tpp-scope: payments', 'x-tpp-scope: payment', 'operation-scopes', /payment/],
    ['errors.yaml', 'http: 400', 'http: 418', 'error-rows', /418/],
    ['journeys.yaml', 'name: Authorization', 'name: Authorisation', 'journeys', /Bearer \{\$steps/],
  ])('is told what is wrong in %s: %s', async (file, from, to, check, says) => {
    const folder = await mkdtemp(join(scratch, 'broken-'))
    await cp(written, folder, { recursive: true })
    const text = await readFile(join(folder, file), 'utf8')
    expect(text).toContain(from)
    await writeFile(join(folder, file), text.replace(from, to))
    const checked = await answer<Check>(3, 'banks', 'check', folder)
    expect(failedOf(checked).map(({ id }) => id)).toContain(check)
    expect(failedOf(checked).map(({ message }) => message)).toContainEqual(expect.stringMatching(says))
  })
})
