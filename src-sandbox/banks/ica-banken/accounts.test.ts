import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, addMonths, dayOf } from '#sandbox/bank/calendar.ts'
import { openBench, type TestBench } from '#sandbox/testing/test-bench.ts'
import type { CallOptions, TestTpp } from '#sandbox/testing/test-tpp.ts'

interface Lists {
  readonly booked: { transactionId: string; bookingDate: string }[]
  readonly pending: { transactionId: string }[]
}

let bench: TestBench
let tpp: TestTpp
let token: string
let accountId: string
beforeAll(async () => {
  bench = await openBench()
  tpp = await bench.registered()
  token = (await bench.tokens(tpp, 'account')).access
  const { json } = await tpp.call('ica-accounts-list', { token })
  accountId = (json.accounts as { resourceId: string }[])[0]?.resourceId ?? ''
})
afterAll(() => bench.close())

const today = (): string => dayOf(Date.now())
/** A day inside the limit, should midnight pass during the test. */
const oldest = (): string => addDays(addMonths(today(), -18), 1)
const get = (operation: string, options: CallOptions = {}) =>
  tpp.call(operation, { token, ...options, parameters: { accountId, ...options.parameters } })
const listsOf = (json: Readonly<Record<string, unknown>>): Lists => json.transactions as Lists
const idsOf = (json: Readonly<Record<string, unknown>>): string[] => {
  const { booked, pending } = listsOf(json)
  return [...pending, ...booked].map(({ transactionId }) => transactionId)
}

describe('accounts', () => {
  it('lists what the customer holds', async () => {
    const { json } = await tpp.call('ica-accounts-list', { token })
    expect(json.accounts).toMatchObject([
      { name: 'Lönekonto', ownerName: 'Anna Andersson', currency: 'SEK' },
      { name: 'Sparkonto' },
    ])
  })

  it('lists joint accounts with both holders', async () => {
    const joint = await bench.tokens(tpp, 'account', '197903141203')
    const { json } = await tpp.call('ica-accounts-list', { token: joint.access })
    expect((json.accounts as { ownerName: string }[])[0]?.ownerName).toBe('Erik och Maja Lindqvist')
  })

  it('shows balances on demand, the credit limit included once', async () => {
    const without = (await get('ica-account-details')).json.account as Record<string, unknown>
    expect(without).not.toHaveProperty('balances')
    const { account } = (await get('ica-account-details', { query: { withBalance: 'true' } })).json
    const { balances } = (await get('ica-account-balances')).json
    const amounts = (balances as { balanceType: string; balanceAmount: { amount: string } }[]).map((balance) => [
      balance.balanceType,
      Number(balance.balanceAmount.amount),
    ])
    const { expected, interimAvailable } = Object.fromEntries(amounts) as Record<string, number>
    expect((interimAvailable ?? 0) - (expected ?? 0)).toBeCloseTo(10_000)
    expect((account as { balances: unknown[] }).balances).toHaveLength(3)
  })
})

describe('transactions', () => {
  it('cover 30 days without dates', async () => {
    const { booked } = listsOf((await get('ica-account-transactions')).json)
    expect(booked.length).toBeGreaterThan(5)
    for (const { bookingDate } of booked) expect(bookingDate >= addDays(today(), -31)).toBe(true)
  })

  it('reach 18 months back, are about 260 and the same each time', async () => {
    const query = { dateFrom: oldest() }
    const first = idsOf((await get('ica-account-transactions', { query })).json)
    expect(first.length).toBeGreaterThan(220)
    expect(first.length).toBeLessThan(310)
    expect(new Set(first).size).toBe(first.length)
    expect(idsOf((await get('ica-account-transactions', { query })).json)).toEqual(first)
  })

  it('follow the tenant’s clock', async () => {
    const other = await bench.registered()
    await bench.control.moveClock(other.organizationIdentifier, 40 * 86_400)
    const { access } = await bench.tokens(other, 'account')
    const { json } = await other.call('ica-account-transactions', { token: access, parameters: { accountId } })
    expect(listsOf(json).booked.every(({ bookingDate }) => bookingDate > today())).toBe(true)
  })

  it('come in pages that add up to the whole', async () => {
    const dates = { dateFrom: oldest() }
    const all = idsOf((await get('ica-account-transactions', { query: dates })).json)
    const collected: string[] = []
    let page: Record<string, string> = {}
    for (let count = 0; count < 10; count += 1) {
      const { json } = await get('ica-account-transactions-paginated', { query: { ...dates, ...page } })
      collected.push(...idsOf(json))
      if (typeof json.pageToken !== 'string') break
      expect(idsOf(json)).toHaveLength(100)
      page = { PageToken: json.pageToken }
    }
    expect(collected).toEqual(all)
  })

  it('refuse a page token of another span', async () => {
    const dates = { dateFrom: addMonths(today(), -12) }
    const { json } = await get('ica-account-transactions-paginated', { query: { ...dates, PageSize: '3' } })
    const query = { dateFrom: addMonths(today(), -11), PageToken: String(json.pageToken) }
    expect((await get('ica-account-transactions-paginated', { query })).json.code).toBe('SERVICE_INVALID')
  })

  it('show more of a purchase abroad', async () => {
    const query = { dateFrom: oldest() }
    const ids = idsOf((await get('ica-account-transactions', { query })).json)
    const details = await Promise.all(
      ids.map((transactionId) => get('ica-account-transaction-details', { parameters: { transactionId } })),
    )
    const found = details.map(({ json }) => json.transactionsDetails as Record<string, unknown>)
    expect(
      found.some(
        ({ placeOfPurchase, originalAmount, currencyExchange }) =>
          placeOfPurchase && originalAmount && currencyExchange,
      ),
    ).toBe(true)
    expect(found.some(({ placeOfPurchase }) => !placeOfPurchase)).toBe(true)
  })
})

describe('rows of the error table', () => {
  const long = { dateFrom: addMonths(today(), -19) }
  it.each([
    ['PageSize 1001', 'ica-account-transactions-paginated', { query: { PageSize: '1001' } }, 400, 'SERVICE_INVALID'],
    ['PageSize 0', 'ica-account-transactions-paginated', { query: { PageSize: '0' } }, 400, 'SERVICE_INVALID'],
    ['19 months', 'ica-account-transactions', { query: long }, 400, 'SERVICE_INVALID'],
    ['no date', 'ica-account-transactions', { query: { dateFrom: '2026-13-40' } }, 400, 'SERVICE_INVALID'],
    [
      'wrong way round',
      'ica-account-transactions',
      { query: { dateFrom: '2026-02-02', dateTo: '2026-01-01' } },
      400,
      'SERVICE_INVALID',
    ],
    [
      'unknown account',
      'ica-account-balances',
      { parameters: { accountId: 'does-not-exist' } },
      404,
      'RESOURCE_UNKNOWN',
    ],
    ['terminated account', 'ica-account-details', { parameters: { accountId: 'terminated' } }, 400, 'RESOURCE_BLOCKED'],
    [
      'unknown transaction',
      'ica-account-transaction-details',
      { parameters: { transactionId: 'unknown' } },
      404,
      'RESOURCE_UNKNOWN',
    ],
    [
      'huge account',
      'ica-account-transactions',
      { parameters: { accountId: 'huge' }, query: { dateFrom: addMonths(today(), -17) } },
      500,
      'INTERNAL_SERVICE_ERROR',
    ],
    ['no token', 'ica-accounts-list', { token: '' }, 401, 'Not Authenticated'],
    ['unknown token', 'ica-accounts-list', { token: 'unknown' }, 401, 'Not Authenticated'],
  ])('%s', async (_name, operation, options: CallOptions, status, code) => {
    expect(await get(operation, options)).toMatchObject({ status, json: { code } })
  })

  it('wrong scope', async () => {
    const { access } = await bench.tokens(tpp, 'payment')
    expect((await get('ica-accounts-list', { token: access })).json.code).toBe('Consent_invalid')
  })

  it.each([
    ['Karin KYC', '196507116629', 403, 'Old KYC information'],
    ['Tomas Tom', '200111053344', 404, 'Accountinformation not found'],
  ])('%s', async (_name, ssn, status, detail) => {
    const { access } = await bench.tokens(tpp, 'account', ssn)
    expect(await get('ica-accounts-list', { token: access })).toMatchObject({ status, json: { detail } })
  })

  it.each([
    ['customer-validation', 500, 'Cutomer Validation check failed'],
    ['account-system-timeout', 500, 'Call to underlying system failed'],
    ['no-personal-number', 400, 'Can not retrieve personal number information'],
  ])('switch %s', async (name, status, detail) => {
    await bench.control.switchOn(tpp.organizationIdentifier, name)
    const answer = await get('ica-accounts-list')
    await bench.control.switchOn(tpp.organizationIdentifier)
    expect(answer).toMatchObject({ status, json: { detail } })
  })
})

it('allows four calls a day without the customer, and as many as she likes with her', async () => {
  const other = await bench.registered()
  const { access } = await bench.tokens(other, 'account')
  const alone = { token: access, headers: { 'psu-ip-address': null } }
  for (let count = 1; count <= 4; count += 1) expect((await other.call('ica-accounts-list', alone)).status).toBe(200)
  expect(await other.call('ica-accounts-list', alone)).toMatchObject({ status: 429, json: { code: 'ACCESS_EXCEEDED' } })
  expect(await bench.control.lastReason(other.organizationIdentifier)).toContain('unattended call 5 of 4')
  expect((await other.call('ica-accounts-list', { token: access })).status).toBe(200)

  // The count is of one day on the tenant's clock, and the consent outlives it.
  await bench.control.moveClock(other.organizationIdentifier, 24 * 60 * 60)
  const { access: later } = await bench.tokens(other, 'account')
  const answer = await other.call('ica-accounts-list', { token: later, headers: { 'psu-ip-address': null } })
  expect(answer.status).toBe(200)
})
