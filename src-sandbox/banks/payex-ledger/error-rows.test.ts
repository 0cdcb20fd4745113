import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBanksFolder, readBankFolder } from '#sandbox/bank/bank-folder.ts'
import { openPayexDesk, type PayexCase, type PayexDesk } from '#sandbox/testing/payex-desk.ts'
import type { TestAnswer } from '#sandbox/testing/test-exchange.ts'
import type { ErrorRow } from '#shared/error-row.ts'
import { payexSwitches } from './payex-surroundings.ts'

const { rows } = readBankFolder(findBanksFolder(undefined), 'payex-ledger')

let desk: PayexDesk
beforeAll(async () => {
  desk = await openPayexDesk()
})
afterAll(() => desk.close())

function expectRow({ status, headers, json }: TestAnswer, row: ErrorRow): void {
  expect(status).toBe(row.http)
  expect(headers['content-type']).toBe('application/problem+json')
  expect(json).toMatchObject({
    Type: `ledger/public-account-transaction/v1/problems/${row.code}`,
    Status: row.http,
    Instance: expect.stringMatching(/^[0-9a-f-]{36}$/),
    Detail: row.detail,
  })
  expect(json.Title ?? null).toBe(row.title)
}

const begun = async (one: PayexCase): Promise<void> => {
  await one.identify()
  await one.call('payex-account-application-create')
}

/** Row → what a client does wrong with the operation of the row's recipe; the case belongs to a Swedish customer. */
const mistakes: Readonly<Record<string, (one: PayexCase, operation: string) => Promise<TestAnswer>>> = {
  'payex-validation': async (one, operation) => {
    await begun(one)
    return await one.call(operation, { body: { answers: [{ code: 'IsPep', answerCode: 'Nope' }] } })
  },
  'payex-not-found-account-application': (one, operation) => one.call(operation),
  'payex-not-found-account-application-dash': (one, operation) => one.call(operation),
  'payex-not-found-limit-upgrade-application': (one, operation) => one.call(operation),
  'payex-not-found-limit-upgrade-application-camel': (one, operation) => one.call(operation),
  'payex-not-found-pre-authorization': (one, operation) => one.call(operation, { ownerNo: '0' }),
  'payex-application-exists': async (one, operation) => {
    await begun(one)
    return await one.call(operation)
  },
  'payex-invalid-state': async (one, operation) => {
    await begun(one)
    return await one.call(operation)
  },
  'payex-invalid-state-operation': async (one, operation) => {
    await begun(one)
    return await one.call(operation)
  },
  'payex-invalid-state-targeted': (one, operation) => one.call(operation),
}

describe('each row by its recipe', () => {
  it.each([...rows.values()].map((row) => [row.id, row] as const))('%s', async (id, row) => {
    const one = await desk.open('sven-svensson')
    const { reproduce } = row
    const mistake = mistakes[id]
    if ('switch' in reproduce) {
      expect(payexSwitches).toContain(reproduce.switch)
      await desk.control.send('PUT', `/tenants/${one.tenant}/switches`, { 'payex-ledger': [reproduce.switch] })
      expectRow(await one.call(reproduce.operation), row)
      return
    }
    if (!mistake) throw new Error(`Nobody makes the mistake of ${id}.`)
    expectRow(await mistake(one, reproduce.operation), row)
  })

  it('is a real mistake for ten of eleven', () => {
    const recipes = [...rows.values()].map(({ reproduce }) => ('switch' in reproduce ? 'switch' : 'mistake'))
    expect(recipes).toHaveLength(11)
    expect(recipes.filter((kind) => kind === 'mistake')).toHaveLength(10)
  })
})

/** Every operation of every row with this code: the words differ from operation to operation. */
const pairs = (code: string): (readonly [string, ErrorRow])[] =>
  [...rows.values()]
    .filter((row) => row.code === code)
    .flatMap((row) => row.operations.map((name) => [name, row] as const))

describe('each operation in its own words', () => {
  it('covers the 100 pairs of the document', () => {
    const codes = ['validation', 'not-found', 'application-exists', 'invalid-state', 'fatal']
    expect(codes.flatMap(pairs)).toHaveLength(100)
  })

  it.each(['0', '1002', 'xxx'])('without a pre-authorization on ledger %s', async (ownerNo) => {
    const one = await desk.open('sven-svensson')
    for (const [operation, row] of pairs('not-found')) expectRow(await one.call(operation, { ownerNo }), row)
  })

  it.each([
    ['no token', null],
    ['a token of somewhere else', 'eyJhbGciOiJub25lIn0.e30.x'],
    ['a token of no customer', 'payex~nobody'],
  ])('with %s', async (_name, token) => {
    const one = await desk.open('sven-svensson')
    for (const [operation, row] of pairs('not-found')) expectRow(await one.call(operation, { token }), row)
  })

  it('after cancelling', async () => {
    const one = await desk.open('sven-svensson')
    await begun(one)
    await one.call('payex-cancel-pre-authorization')
    for (const [operation, row] of pairs('invalid-state')) expectRow(await one.call(operation), row)
  })

  it('in a fault of the ledger', async () => {
    const one = await desk.open('sven-svensson')
    await desk.control.send('PUT', `/tenants/${one.tenant}/switches`, { 'payex-ledger': ['fatal'] })
    for (const [operation, row] of pairs('fatal')) expectRow(await one.call(operation), row)
  })

  it('with an application of the other kind', async () => {
    const one = await desk.open('sven-svensson')
    await begun(one)
    for (const [operation, row] of pairs('application-exists')) expectRow(await one.call(operation), row)
    const others = pairs('not-found').filter(([name]) => /^payex-limit-upgrade-(?!create$)/.test(name))
    expect(others).toHaveLength(11)
    for (const [operation, row] of others) expectRow(await one.call(operation), row)
  })
})

describe('steps out of turn', () => {
  it.each([
    ['sven-svensson', 'begin-bankid-no-authentication'],
    ['sven-svensson', 'begin-mitid-dk-authentication'],
    ['nora-nordmann', 'begin-bankid-se-authentication'],
  ])('%s has no %s', async (customer, rest) => {
    const one = await desk.open(customer)
    expect((await one.call(`payex-${rest}`)).status).toBe(409)
  })

  it('signs nothing with open questions, in another country, or after the end', async () => {
    const one = await desk.open('sven-svensson')
    await begun(one)
    for (const rest of [
      'sign-bankid-se-create',
      'begin-sign-bankid-se',
      'sign-bankid-se-poll',
      'sign-bankid-se-cancel',
      'verify',
    ])
      expect((await one.call(`payex-account-application-${rest}`)).status).toBe(409)
    const body = { answers: [{ code: 'IsPep', answerCode: 'IsPepNo' }] }
    await one.call('payex-account-application-kyc-answers-create', { body })
    for (const rest of ['begin-sign-bankid-no', 'begin-sign-mitid-dk', 'redirect-kalp-dk'])
      expect((await one.call(`payex-account-application-${rest}`)).status).toBe(409)
    await one.call('payex-account-application-sign-bankid-se-create')
    expect((await one.call('payex-account-application-kyc-answers-create', { body })).status).toBe(409)
    await one.clock(9)
    await one.call('payex-account-application-verify')
    for (const rest of ['verify', 'sign-bankid-se-create', 'create'])
      expect((await one.call(`payex-account-application-${rest}`)).json.Type).toMatch(/invalid-state$/)
    expect((await one.call('payex-cancel-pre-authorization')).status).toBe(409)
  })
})
