/** Parameters go where the operation wants them, encoded, or are refused by name. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bank, Operation, OperationParameter } from '../banks/bank.ts'
import { createBankShelf } from '../banks/bank-shelf.ts'
import { placeParameters } from './place-parameters.ts'

let folder: string
let bank: Bank

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-place-'))
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  bank = await createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') }).open('ica-banken')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const place = (operation: string, given: Record<string, string>, insist = false) =>
  placeParameters(bank, bank.operation(operation), given, insist)

const page = { accountId: 'a1' }

describe('placing', () => {
  it('fills path, query and headers, each under its own name', async () => {
    const placed = await place('ica-account-transactions-paginated', {
      accountId: '3dc3d5b3',
      PageSize: '100',
      PageToken: 'a+b/c=',
      'psu-ip-address': '192.0.2.44',
    })
    expect(placed.path).toBe('/Accounts/3dc3d5b3/transactions-paginated')
    expect(placed.query).toBe('?PageSize=100&PageToken=a%2Bb%2Fc%3D')
    expect(placed.headers).toEqual([['PSU-IP-Address', '192.0.2.44']])
    expect(placed.values).toMatchObject({ accountId: '3dc3d5b3', 'PSU-IP-Address': '192.0.2.44' })
    expect(placed.findings).toEqual([])
  })

  it('encodes what a path value holds', async () => {
    expect((await place('ica-account-details', { accountId: 'a/b ä?#%' })).path).toBe(
      '/Accounts/a%2Fb%20%C3%A4%3F%23%25',
    )
    expect((await place('ica-account-details', { accountId: '$&$1' })).path).toBe('/Accounts/%24%26%241')
    expect((await place('ica-account-details', { accountId: ' ' })).path).toBe('/Accounts/%20')
  })

  it('carries any value: what a server decodes is what was given', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.string({ unit: 'binary' }),
        async (id, token) => {
          fc.pre(id !== '.' && id !== '..')
          const placed = await place('ica-account-transactions-paginated', { accountId: id, PageToken: token })
          const url = new URL(`https://bank.example${placed.path}${placed.query}`)
          expect(decodeURIComponent(url.pathname.split('/')[2]!)).toBe(id)
          expect(url.searchParams.get('PageToken')).toBe(token)
        },
      ),
    )
  })

  it('leaves out what was not given', async () => {
    expect(await place('ica-account-transactions-paginated', page)).toMatchObject({ query: '', headers: [] })
  })

  it('leaves a required header to the default of the bank', async () => {
    const real = bank.operation('ica-accounts-list')
    const parameters = real.parameters.map((each): OperationParameter => ({ ...each, required: true }))
    const operation: Operation = { ...real, parameters }
    const refused = placeParameters(bank, operation, {}, false)
    await expect(refused).rejects.toMatchObject({ code: 'PARAMETER_MISSING', details: { parameter: 'PSU-IP-Address' } })
    const placed = await placeParameters(bank, operation, { 'PSU-IP-Address': '192.0.2.1' }, false)
    expect(placed.headers).toEqual([['PSU-IP-Address', '192.0.2.1']])
  })
})

describe('refusing', () => {
  it('lists what is near an unknown parameter', async () => {
    await expect(place('ica-account-transactions-paginated', { ...page, pagesize: '5' })).rejects.toMatchObject({
      code: 'PARAMETER_UNKNOWN',
      message: expect.stringContaining('Did you mean PageSize?'),
      details: { operation: 'ica-account-transactions-paginated', parameter: 'pagesize', near: ['PageSize'] },
    })
    await expect(place('ica-accounts-list', { qqqqqqqqqqqqqqqqq: '5' })).rejects.toMatchObject({
      message: expect.stringContaining('It has PSU-IP-Address, X-Request-ID.'),
    })
    await expect(place('ica-register-client', { x: '1' })).rejects.toMatchObject({
      message: expect.stringContaining('It has no parameters.'),
    })
    await expect(place('ica-accounts-list', { constructor: 'x' })).rejects.toMatchObject({ code: 'PARAMETER_UNKNOWN' })
  })

  it('a missing path parameter, insisted or not', async () => {
    for (const insist of [false, true]) {
      await expect(place('ica-account-details', {}, insist)).rejects.toMatchObject({
        code: 'PARAMETER_MISSING',
        message: expect.stringContaining('path parameter "accountId"'),
        details: { parameter: 'accountId' },
      })
    }
  })

  it.each([
    ['PageSize', '1001', 'must be <= 1000'],
    ['PageSize', '0', 'must be >= 1'],
    ['PageSize', 'many', 'must be integer'],
    ['PageSize', '1.5', 'must be integer'],
    ['PageSize', '', 'must be integer'],
    ['PageSize', '0x10', 'must be integer'],
    ['PSU-IP-Address', 'localhost', 'must match format'],
    ['X-Request-ID', '1', 'must match format'],
  ])('%s %j: %s', async (name, value, message) => {
    await expect(place('ica-account-transactions-paginated', { ...page, [name]: value })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      message: expect.stringContaining(`"${name}" ${message}`),
      details: { parameter: name },
    })
  })

  it.each(['1', '1000', '100'])('takes PageSize %s for an integer', async (size) => {
    expect((await place('ica-account-transactions-paginated', { ...page, PageSize: size })).query).toBe(
      `?PageSize=${size}`,
    )
  })

  it('takes true and false for booleans and nothing else', async () => {
    for (const value of ['true', 'false'])
      expect((await place('ica-account-details', { ...page, withBalance: value })).query).toBe(`?withBalance=${value}`)
    for (const value of ['yes', '1', 'TRUE'])
      await expect(place('ica-account-details', { ...page, withBalance: value })).rejects.toMatchObject({
        code: 'PARAMETER_INVALID',
      })
  })

  it('an empty path value: another resource would be asked for', async () => {
    await expect(place('ica-account-details', { accountId: '' })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
  })

  it.each(['.', '..'])('the dot segment %j, insisted or not: a URL loses it', async (accountId) => {
    for (const insist of [false, true])
      await expect(place('ica-account-details', { accountId }, insist)).rejects.toMatchObject({
        code: 'PARAMETER_INVALID',
        message: expect.stringContaining('dot segment'),
      })
  })

  it('half a surrogate pair', async () => {
    await expect(place('ica-account-details', { accountId: 'a\ud800' })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
    })
  })
})

describe('with insist', () => {
  it('a broken value is sent and reported', async () => {
    const placed = await place('ica-account-transactions-paginated', { ...page, PageSize: '1001' }, true)
    expect(placed.query).toBe('?PageSize=1001')
    expect(placed.findings).toEqual([
      { id: 'parameter-invalid', severity: 'error', message: expect.stringContaining('must be <= 1000') },
    ])
    expect((await place('ica-account-details', { accountId: '' }, true)).path).toBe('/Accounts/')
  })

  it('a missing one is reported', async () => {
    const real = bank.operation('ica-account-transactions')
    const parameters = real.parameters.map((each) => ({ ...each, required: true }))
    const placed = await placeParameters(bank, { ...real, parameters }, { ...page, dateFrom: '2026-01-01' }, true)
    expect(placed.findings.map(({ id }) => id)).toEqual(['parameter-missing', 'parameter-missing'])
  })
})
