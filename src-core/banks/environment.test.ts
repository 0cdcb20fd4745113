/** What a person sets for an environment changes what is sent there, and nothing else. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EnvironmentOverride, environmentOverrideSchema } from '#shared/bank-environment.ts'
import { isFault } from '#shared/fault.ts'
import { placeParameters } from '../requests/place-parameters.ts'
import type { Bank } from './bank.ts'
import { type BankShelf, createBankShelf } from './bank-shelf.ts'
import { operationViews } from './bank-views.ts'
import { checkOverride } from './check-override.ts'
import { environmentDetail } from './environment-detail.ts'
import { createEnvironmentOverrides, type EnvironmentOverrides } from './environment-overrides.ts'

let folder: string
let overrides: EnvironmentOverrides
let banks: BankShelf
const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-environment-'))
  overrides = createEnvironmentOverrides(join(folder, 'environments'))
  const folders = { shipped, user: join(folder, 'banks'), cache: join(folder, 'cache') }
  banks = createBankShelf(folders, overrides.read)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const override = (change: object): EnvironmentOverride => environmentOverrideSchema.parse(change)
const set = (change: object) => overrides.write('ica-banken', 'production', override(change))
const production = () => banks.at('ica-banken', 'production')

describe('an environment nobody changed', () => {
  it('is as the folder says, with its own certificate needs', async () => {
    const bank = await production()
    expect(bank.override).toBeNull()
    expect(bank.environment('production').urls.token).toBe('https://mtls-ims.icagruppen.se')
    expect(bank.profile.hosts.token?.clientCertificate).toBe('QWAC')
    const other = await banks.at('ica-banken', 'bank-sandbox')
    expect(other.profile.hosts.token?.clientCertificate).toBe('none')
    await expect(banks.at('ica-banken', 'nowhere')).rejects.toMatchObject({ code: 'ENVIRONMENT_UNKNOWN' })
  })

  it('is the same object every time, so that compiled schemas are found again', async () => {
    expect(await production()).toBe(await production())
    await set({ urls: { resource: 'https://one.example' } })
    const changed = await production()
    expect(changed.environment('production').urls.resource).toBe('https://one.example')
    expect(await production()).toBe(changed)
  })
})

describe('what a person set', () => {
  it('goes to its environment only, and the shipped folder keeps its bytes', async () => {
    const file = join(shipped, 'ica-banken', 'bank.yaml')
    const before = await readFile(file)
    await set({ urls: { resource: 'https://api.example/v1', token: '' }, certificates: { resource: 'none' } })
    const bank = await production()
    expect(bank.environment('production').urls).toMatchObject({
      resource: 'https://api.example/v1',
      token: 'https://mtls-ims.icagruppen.se',
    })
    expect(bank.profile.hosts.resource?.clientCertificate).toBe('none')
    expect((await banks.at('ica-banken', 'sandbox')).profile.hosts.resource?.clientCertificate).toBe('QWAC')
    expect((await banks.open('ica-banken')).environment('production').urls.resource).toBe('')
    expect(await readFile(file)).toEqual(before)
  })

  it('renames a parameter on the wire and nowhere else', async () => {
    await set({ parameters: { 'query dateFrom': { name: 'from' }, 'header PSU-IP-Address': { value: '192.0.2.7' } } })
    const bank = await production()
    const operation = bank.operation('ica-account-transactions')
    const given = { accountId: 'a', dateFrom: '2026-10-01' }
    const placed = await placeParameters(bank, operation, given, false)
    expect(placed.query).toBe('?from=2026-10-01')
    expect(placed.headers).toContainEqual(['PSU-IP-Address', '192.0.2.7'])
    expect(placed.values.dateFrom).toBe('2026-10-01')
    const byWireName = await placeParameters(bank, operation, { accountId: 'a', from: '2026-10-01' }, false)
    expect(byWireName.query).toBe('?from=2026-10-01')
    const ownWins = await placeParameters(bank, operation, { ...given, 'PSU-IP-Address': '192.0.2.8' }, false)
    expect(ownWins.headers).toContainEqual(['PSU-IP-Address', '192.0.2.8'])
  })

  it('replaces words, paths and schemas', async () => {
    await set({
      parameters: { 'path paymentProduct': { enum: ['sct'] } },
      paths: { 'ica-payment-status': '/Payments/{paymentProduct}/{paymentId}/STATUS' },
      schemas: { PaymentInitiation: {} },
    })
    const bank = await production()
    const operation = bank.operation('ica-payment-status')
    const placed = await placeParameters(bank, operation, { paymentProduct: 'sct', paymentId: '1' }, false)
    expect(placed.path).toBe('/Payments/sct/1/STATUS')
    await expect(
      placeParameters(bank, operation, { paymentProduct: 'bankgiro', paymentId: '1' }, false),
    ).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
    expect(bank.components.schemas).toMatchObject({ PaymentInitiation: {} })
  })

  it('changes how requests are signed', async () => {
    expect((await production()).signing.signs).toBe(false)
    const signing = {
      scheme: 'detached-jws',
      header: 'x-jws-signature',
      algorithms: ['PS256'],
      signedHeaders: ['digest', 'x-request-id'],
      digest: 'SHA-256',
      certificate: ['x5c'],
    }
    await set({ signing })
    expect((await production()).signing.signs).toBe(true)
  })

  it('shows at the assumption it is about', async () => {
    await set({
      assumptions: {
        'status-path-case': { state: 'differs', instead: 'Both in capitals.' },
        'request-id': { state: 'confirmed' },
      },
    })
    const views = operationViews(await production())
    const of = (operation: string, id: string) =>
      views.find((view) => view.id === operation)?.assumptions.find((assumption) => assumption.id === id)
    expect(of('ica-payment-status', 'status-path-case')).toMatchObject({
      state: 'differs',
      instead: 'Both in capitals.',
    })
    expect(of('ica-payment-status', 'request-id')).toMatchObject({ state: 'confirmed', instead: null })
    expect(of('ica-payment-status', 'verified-is-actc')).toMatchObject({ state: 'assumed', instead: null })
  })

  it('is gone after a reset', async () => {
    await set({ urls: { resource: 'https://one.example' } })
    expect(await overrides.remove('ica-banken', 'production')).toBe(true)
    expect((await production()).override).toBeNull()
    expect(await overrides.remove('ica-banken', 'production')).toBe(false)
  })

  it('is named when its file is damaged', async () => {
    await set({})
    await writeFile(join(folder, 'environments', 'ica-banken', 'production.json'), '{"urls":{"token":"ftp://x"}}')
    await expect(production()).rejects.toMatchObject({
      code: 'DATA_DAMAGED',
      message: expect.stringContaining('production.json'),
    })
  })
})

describe('the environment for people', () => {
  const detailOf = async (id: string, sandboxUrls = {}) =>
    environmentDetail(await banks.open('ica-banken'), await banks.at('ica-banken', id), id, sandboxUrls)

  it('says where each value comes from and what is missing', async () => {
    await set({ certificates: { token: 'none' } })
    const detail = await detailOf('production')
    const host = (id: string) => detail.hosts.find((each) => each.id === id)
    expect(host('token')).toMatchObject({ urlFrom: 'document', clientCertificate: 'none', certificateFrom: 'yours' })
    expect(host('resource')).toMatchObject({ url: '', urlFrom: 'none', certificateFrom: 'document' })
    expect(detail.ready).toBe(false)
    await set({ urls: { resource: 'https://api.example' } })
    const filled = await detailOf('production')
    expect(filled.ready).toBe(true)
    expect(filled.hosts.find(({ id }) => id === 'resource')).toMatchObject({ urlFrom: 'yours' })
  })

  it('takes the URLs of the running sandbox', async () => {
    expect((await detailOf('sandbox')).hosts.map(({ urlFrom }) => urlFrom)).toEqual(['none', 'none', 'none', 'none'])
    const running = await detailOf('sandbox', { resource: 'https://127.0.0.1:1' })
    expect(running.hosts.find(({ id }) => id === 'resource')).toMatchObject({ urlFrom: 'sandbox' })
  })

  it('lists each parameter once', async () => {
    const keys = (await detailOf('production')).parameters.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toContain('header PSU-IP-Address')
  })
})

describe('what names nothing of the bank', () => {
  let bank: Bank
  beforeEach(async () => {
    bank = await banks.open('ica-banken')
  })

  it.each<[string, object, RegExp]>([
    ['urls.tokne', { urls: { tokne: 'https://x.example' } }, /no host "tokne".*token/],
    ['certificates.x', { certificates: { x: 'none' } }, /no host "x"/],
    ['paths.ica-payment-stat', { paths: { 'ica-payment-stat': '/x' } }, /no operation.*ica-payment-status/],
    [
      'paths.ica-payment-status',
      { paths: { 'ica-payment-status': '/x/{paymentId}' } },
      /needs \{paymentId\}, \{paymentProduct\}/,
    ],
    ['parameters.query datefrom', { parameters: { 'query datefrom': {} } }, /no parameter.*query dateFrom/],
    [
      'parameters.header PSU-IP-Address.name',
      { parameters: { 'header PSU-IP-Address': { name: 'a b' } } },
      /not a header name/,
    ],
    ['parameters.query dateTo.name', { parameters: { 'query dateTo': { name: 'dateFrom' } } }, /name of another/],
    ['schemas.Nothing', { schemas: { Nothing: {} } }, /no schema "Nothing"/],
    ['assumptions.nothing', { assumptions: { nothing: { state: 'confirmed' } } }, /no assumption "nothing"/],
  ])('is refused at %s', (field, change, message) => {
    let fault: unknown
    try {
      checkOverride(bank, override(change))
    } catch (error) {
      fault = error
    }
    expect(isFault(fault) && { code: fault.code, field: fault.details.field }).toEqual({ code: 'INPUT_INVALID', field })
    expect((fault as Error).message).toMatch(message)
  })

  it('and nothing else', () => {
    expect(() =>
      checkOverride(bank, override({ urls: { token: '' }, parameters: { 'query dateTo': { name: 'to' } } })),
    ).not.toThrow()
  })
})
