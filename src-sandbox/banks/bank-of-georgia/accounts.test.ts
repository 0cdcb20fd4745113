import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BogBench, openBogBench } from '#sandbox/testing/bog-bench.ts'
import {
  accountNumber,
  bogPaymentDesk,
  type ConsentDesk,
  consentBody,
  consentDesk,
  inDays,
  nino,
  paymentBody,
  signers,
  standing,
} from '#sandbox/testing/bog-desk.ts'
import type { BogTpp } from '#sandbox/testing/bog-tpp.ts'

let bench: BogBench
let tpp: BogTpp
let desk: ConsentDesk
beforeAll(async () => {
  bench = await openBogBench()
  tpp = await bench.tpp()
  desk = await consentDesk(tpp, nino, consentBody([1, 2], { recurringIndicator: true }))
})
afterAll(() => bench.close())

const of = (number: number) => ({ 'account-id': accountNumber(number).resourceId })

interface Entry {
  readonly transactionId: string
  readonly bookingDate?: string
  readonly valueDate: string
}
interface Lists {
  readonly booked?: Entry[]
  readonly pending?: Entry[]
  readonly information?: object[]
  readonly _links: Readonly<Record<string, { href: string }>>
}

const transactions = async (query: Readonly<Record<string, string>>, number = 1, from = desk): Promise<Lists> =>
  (await from.read('bog-account-transactions', { parameters: of(number), query })).json.transactions as Lists

describe('accounts', () => {
  it('are those of the consent, with links to what it covers', async () => {
    const first = accountNumber(1)
    const own = await bench.tpp()
    const partly = await consentDesk(
      own,
      nino,
      consentBody([], { access: { balances: [{ iban: first.iban }], accounts: [{ iban: accountNumber(2).iban }] } }),
    )
    const { json } = await partly.read('bog-accounts-list', { query: { withBalance: 'true' } })
    const [one, two] = json.accounts as Record<string, object>[]
    expect(json.accounts).toHaveLength(2)
    expect(one).toMatchObject({
      iban: first.iban,
      currency: 'GEL',
      ownerName: 'ნინო ბერიძე',
      name: 'სახელფასო ანგარიში',
    })
    expect(one?._links).toEqual({ balances: { href: `/psd2/v1/accounts/${first.resourceId}/balances` } })
    expect(one?.balances).toHaveLength(2)
    expect([two?._links, two?.balances]).toEqual([{}, undefined])
  })

  it('in several currencies are listed once, as XXX', async () => {
    const { json } = await desk.read('bog-account-details', { parameters: of(2) })
    expect(json.account).toMatchObject({ currency: 'XXX' })
    const balances = await desk.read('bog-account-balances', { parameters: of(2) })
    const currencies = (balances.json.balances as { balanceAmount: { currency: string } }[]).map(
      ({ balanceAmount }) => balanceAmount.currency,
    )
    expect([...new Set(currencies)]).toEqual(['GEL', 'USD', 'EUR'])
    const own = await bench.tpp()
    const dollars = [{ iban: accountNumber(2).iban, currency: 'USD' }]
    const part = await consentDesk(own, nino, consentBody([], { access: { balances: dollars } }))
    expect((await part.read('bog-account-details', { parameters: of(2) })).json.account).toMatchObject({
      currency: 'USD',
    })
  })

  it.each([
    ['allPsd2', { allPsd2: 'allAccounts' }, 3, ['balances', 'transactions'], undefined],
    ['availableAccounts', { availableAccounts: 'allAccounts' }, 3, [], undefined],
    [
      'availableAccountsWithBalance',
      { availableAccountsWithBalance: 'allAccountsWithOwnerName' },
      3,
      ['balances'],
      'ნინო ბერიძე',
    ],
    ['empty lists', { balances: [], transactions: [] }, 3, ['balances', 'transactions'], undefined],
  ])('can be all of them by %s', async (_name, access, count, links, owner) => {
    const own = await bench.tpp()
    const all = await consentDesk(own, nino, consentBody([], { access }))
    const accounts = (await all.read('bog-accounts-list')).json.accounts as Record<string, object>[]
    expect(accounts).toHaveLength(count)
    expect(Object.keys(accounts[0]?._links ?? {})).toEqual(links)
    expect(accounts[0]?.ownerName).toBe(owner)
  })

  it('of two holders are seen by either', async () => {
    for (const psu of ['giorgi.kapanadze', 'ana.kapanadze']) {
      const { read } = await consentDesk(await bench.tpp(), psu, consentBody([4]))
      expect((await read('bog-accounts-list')).json.accounts).toMatchObject([{ ownerName: 'გიორგი და ანა კაპანაძე' }])
    }
  })

  it('can be read four times a day without the customer, and the next day again', async () => {
    const own = await bench.tpp()
    const consent = await consentDesk(own)
    const read = async (token = consent.token) =>
      (await consent.read('bog-accounts-list', { token, headers: { 'psu-ip-address': null } })).status
    expect([await read(), await read(), await read(), await read(), await read()]).toEqual([200, 200, 200, 200, 429])
    expect((await consent.read('bog-accounts-list')).status).toBe(200)
    await own.moveClock(86_400)
    const { json } = await own.token({ grant_type: 'refresh_token', refresh_token: consent.refresh })
    expect(await read(String(json.access_token))).toBe(200)
  })
})

describe('transactions', () => {
  it('are booked, pending or both', async () => {
    const dateFrom = inDays(-60)
    const [booked, pending, both] = [
      await transactions({ bookingStatus: 'booked', dateFrom }),
      await transactions({ bookingStatus: 'pending', dateFrom }),
      await transactions({ bookingStatus: 'both', dateFrom }),
    ]
    expect(Object.keys(booked)).toEqual(['booked', '_links'])
    expect(Object.keys(pending)).toEqual(['pending', '_links'])
    expect(Object.keys(both)).toEqual(['booked', 'pending', '_links'])
    expect(booked.booked?.every(({ bookingDate }) => bookingDate !== undefined)).toBe(true)
    expect(pending.pending?.some(({ bookingDate }) => bookingDate !== undefined)).toBe(false)
    expect(both.booked?.length).toBeGreaterThan(10)
  })

  it('are paged by links, each entry once, newest first', async () => {
    const dateFrom = inDays(-150)
    const seen: Entry[] = []
    let page = await transactions({ bookingStatus: 'booked', dateFrom })
    for (;;) {
      seen.push(...(page.booked ?? []))
      const next = page._links.next?.href
      if (!next) break
      const { json } = await tpp.raw({
        method: 'GET',
        path: next,
        headers: {
          'x-request-id': '9b45fa6c-ff61-4e73-aec8-5e805388ce7f',
          authorization: `Bearer ${desk.token}`,
          'consent-id': desk.id,
          'psu-ip-address': '192.0.2.1',
        },
      })
      page = json.transactions as Lists
    }
    expect(seen.length).toBeGreaterThan(55)
    expect(new Set(seen.map(({ transactionId }) => transactionId)).size).toBe(seen.length)
    const days = seen.map(({ valueDate }) => valueDate)
    expect(days).toEqual([...days].sort().reverse())
    expect(page._links).toHaveProperty('previous')
  })

  it('can be those after an entry', async () => {
    const { booked = [] } = await transactions({ bookingStatus: 'booked', dateFrom: inDays(-40) })
    const known = booked[5]
    const later = await transactions({ bookingStatus: 'booked', entryReferenceFrom: known?.transactionId ?? '' })
    expect(later.booked).toEqual(booked.slice(0, 5))
  })

  it('can be one with all its fields', async () => {
    const { booked = [] } = await transactions({ bookingStatus: 'booked', dateFrom: inDays(-40) })
    const [entry] = booked
    const parameters = { ...of(1), transactionId: entry?.transactionId ?? '' }
    const { json } = await desk.read('bog-account-transaction-details', { parameters })
    expect(json.transactionsDetails).toEqual(entry)
    const wrong = { ...of(1), transactionId: 'E-GEL-2020-01-01-0001' }
    expect((await desk.read('bog-account-transaction-details', { parameters: wrong })).status).toBe(404)
  })

  it('that are only announced are the standing orders', async () => {
    const startDate = inDays(3)
    const body = paymentBody(1, { startDate, frequency: 'Weekly' })
    await bogPaymentDesk(tpp, nino, body, standing)
    const { information } = await transactions({ bookingStatus: 'information' })
    expect(information).toEqual([
      expect.objectContaining({ valueDate: startDate, transactionAmount: { currency: 'GEL', amount: '-12.50' } }),
    ])
  })

  it.each([
    ['no dateFrom', { bookingStatus: 'booked' }, 'FORMAT_ERROR'],
    ['no bookingStatus', { dateFrom: inDays(-3) }, 'FORMAT_ERROR'],
    ['a day that is none', { bookingStatus: 'booked', dateFrom: '2026-02-30' }, 'FORMAT_ERROR'],
    [
      'a delta with dateFrom',
      { bookingStatus: 'booked', dateFrom: inDays(-3), entryReferenceFrom: 'E-GEL-2026-01-01-0001' },
      'PARAMETER_NOT_CONSISTENT',
    ],
    [
      'a parameter nobody knows',
      { bookingStatus: 'booked', dateFrom: inDays(-3), sort: 'asc' },
      'PARAMETER_NOT_SUPPORTED',
    ],
    ['a page there is not', { bookingStatus: 'booked', dateFrom: inDays(-3), page: '99' }, 'FORMAT_ERROR'],
  ])('are refused for %s', async (_name, query, code) => {
    const { json } = await desk.read('bog-account-transactions', { parameters: of(1), query })
    expect(json).toMatchObject({ tppMessages: [{ code }] })
  })
})

it('has a till with more than a hundred thousand entries, paged in good time', async () => {
  const own = await bench.tpp()
  const id = String((await own.call('bog-consent-create', { body: consentBody([8]) })).json.consentId)
  let token = ''
  for (const psu of signers) {
    await own.call('bog-consent-authorisation-start', { parameters: { consentId: id }, headers: { 'psu-id': psu } })
    token = (await own.authorise(`AIS:${id}`, psu)).access
  }
  const page = async (number: number): Promise<Lists> => {
    const { json } = await own.call('bog-account-transactions', {
      token,
      headers: { 'consent-id': id },
      parameters: of(8),
      query: { bookingStatus: 'booked', dateFrom: inDays(-18 * 30), page: String(number) },
    })
    return json.transactions as Lists
  }
  const last = Number(new URLSearchParams((await page(0))._links.last?.href.split('?')[1]).get('page'))
  expect(last * 50).toBeGreaterThan(100_000)
  const began = performance.now()
  expect((await page(last)).booked?.length).toBeGreaterThan(0)
  expect(performance.now() - began).toBeLessThan(2000)
})
