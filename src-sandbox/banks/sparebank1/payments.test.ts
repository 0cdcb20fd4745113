import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays, bankingDayFrom, dayOf } from '#sandbox/bank/calendar.ts'
import { spareBank1Style } from '#sandbox/testing/http-signer.ts'
import { openSigningBench, type SigningBench, type SigningTpp } from '#sandbox/testing/signing-bench.ts'
import { exchange, type TestAnswer } from '#sandbox/testing/test-exchange.ts'
import { kidOnlyCreditor, sb1Customers } from './customers.ts'
import { codeOf, payment, redirectOf, returnAddress, send, sendTwice } from './testing/payment-counter.ts'

let bench: SigningBench
let tpp: SigningTpp
beforeAll(async () => {
  bench = await openSigningBench('sparebank1', spareBank1Style)
})
beforeEach(async () => {
  tpp = await bench.tpp()
})
afterAll(() => bench.close())

const [ola, kari, ingrid] = sb1Customers
const session = { headers: { 'tpp-session-id': '2f9d3a60' } }

const linked = async (answer: TestAnswer, name: string, from = tpp): Promise<TestAnswer> => {
  const links = answer.json._links as Record<string, { href: string }>
  return await exchange(from.connection.agent, { method: 'GET', url: links[name]?.href ?? '' })
}
const statusOf = async (answer: TestAnswer): Promise<unknown> => (await linked(answer, 'status')).json.transactionStatus

describe('a payment', () => {
  it('is asked for, approved by the customer and sent again', async () => {
    const first = await send(tpp)
    expect(first.status).toBe(401)
    expect(Object.keys(first.json)).toEqual(['_links'])
    expect(await bench.click(redirectOf(first), 'Ola Nordmann')).toMatchObject({ redirectedTo: returnAddress })
    const second = await send(tpp)
    expect(second.status).toBe(201)
    expect(second.json).toMatchObject({
      paymentId: expect.stringMatching(/^enc!!.*==$/),
      transactionStatus: 'RCVD',
      transactionFees: { amount: '20.00', currency: 'NOK' },
      transactionFeeIndicator: true,
      psuMessage: 'Preliminary calculated countervalue in NOK: 1176.37',
    })
  })

  it('costs nothing from an account in euro, and speaks Norwegian to whom that is preferred', async () => {
    const fromEuros = payment({ debtorAccount: { iban: ola?.accounts[1]?.iban } })
    const { json } = await sendTwice(bench, tpp, fromEuros)
    expect(json).toMatchObject({ transactionFeeIndicator: false })
    expect(json).not.toHaveProperty('transactionFees')
    expect(json).not.toHaveProperty('psuMessage')
    const norwegian = await sendTwice(bench, tpp, payment(), { headers: { 'accept-language': 'nb-NO, no; q=1.0' } })
    expect(norwegian.json.psuMessage).toBe('Foreløpig beregnet motverdi i NOK: 1176,37')
  })

  it('is followed by its links, by its own TPP only', async () => {
    const answer = await sendTwice(bench, tpp)
    const seen: unknown[] = [await statusOf(answer)]
    // The last is behind any weekend.
    for (const seconds of [12, 4 * 24 * 60 * 60]) {
      await bench.moveClock(tpp, seconds)
      seen.push(await statusOf(answer))
    }
    expect(seen).toEqual(['RCVD', 'ACTC', 'ACSC'])
    expect((await linked(answer, 'self')).json).toMatchObject({
      transactionStatus: 'ACSC',
      creditorName: 'Company 123',
    })
    expect(codeOf(await linked(answer, 'self', await bench.tpp()))).toBe('NOT_FOUND')
  })

  it('waits for its day', async () => {
    const requestedExecutionDate = bankingDayFrom(addDays(dayOf(Date.now()), 14))
    const answer = await sendTwice(bench, tpp, payment({ requestedExecutionDate }))
    await bench.moveClock(tpp, 24 * 60 * 60)
    expect(await statusOf(answer)).toBe('ACTC')
  })

  it('with a single SCA exists before the customer approves', async () => {
    const context = { headers: { 'psu-context': 'PRIVATE' } }
    const answer = await send(tpp, payment(), context)
    expect(answer.status).toBe(201)
    await bench.click(redirectOf(answer), 'Ola Nordmann')
    await bench.moveClock(tpp, 15)
    expect(await statusOf(answer)).toBe('ACTC')
    const other = await send(tpp, payment({ instructedAmount: { amount: '1.00', currency: 'EUR' } }), context)
    await bench.click(redirectOf(other), 'Ola Nordmann', { decision: 'deny' })
    expect(await statusOf(other)).toBe('RJCT')
  })

  it('is taken twice only where that is allowed', async () => {
    expect((await sendTwice(bench, tpp)).status).toBe(201)
    expect(codeOf(await send(tpp))).toBe('CONFLICT')
    expect((await sendTwice(bench, tpp, payment(), { query: { allowDuplicates: 'true' } })).status).toBe(201)
  })

  it('lowers what the account has', async () => {
    const half = (euros: string) => payment({ instructedAmount: { amount: euros, currency: 'EUR' } })
    expect((await sendTwice(bench, tpp, half('4000.00'))).status).toBe(201)
    expect(codeOf(await send(tpp, half('4000.01')))).toBe('PAYMENT_FAILED')
  })

  it('is nobody’s who did not sign it with a fresh id', async () => {
    const headers = { 'x-request-id': '7c1b8c1e-5a0d-4a3e-9f0e-3d5a4f7b2c61' }
    expect((await send(tpp, payment(), { headers })).status).toBe(401)
    expect(codeOf(await send(tpp, payment(), { headers }))).toBe('CONFLICT')
  })
})

describe('the customer', () => {
  it.each([
    ['by PSU-ID', { 'psu-id': 'ola.nordmann' }],
    ['by national id', { 'psu-national-id': '01010112345' }],
    ['by session', { 'tpp-session-id': 'x' }],
  ])('is recognised %s', async (_name, headers) => {
    expect((await sendTwice(bench, tpp, payment(), { headers })).status).toBe(201)
  })

  it('of another name cannot act on the page', async () => {
    const first = await send(tpp, payment(), { headers: { 'psu-id': 'ola.nordmann' } })
    expect((await bench.click(redirectOf(first), 'Kari og Per Hansen')).error).toBe('customer_other')
  })

  it('pays from own accounts only', async () => {
    expect(codeOf(await sendTwice(bench, tpp, payment(), { psu: 'Kari og Per Hansen' }))).toBe('RESOURCE_UNKNOWN')
    const ofKari = payment({ debtorAccount: { iban: kari?.accounts[0]?.iban } })
    const headers = { 'psu-id': 'ola.nordmann' }
    expect(codeOf(await send(tpp, ofKari, { headers }))).toBe('RESOURCE_UNKNOWN')
    const savings = payment({ debtorAccount: { iban: ola?.accounts[2]?.iban } })
    expect(codeOf(await send(tpp, savings))).toBe('FORBIDDEN')
  })

  it('acts for a company under its agreement', async () => {
    const body = payment({ debtorAccount: { iban: ingrid?.accounts[0]?.iban } })
    const headers = (agreement: string) => ({ 'psu-id': 'ingrid.bergsjo', 'psu-corporate-id': agreement })
    expect((await sendTwice(bench, tpp, body, { psu: 'Ingrid Bergsjø', headers: headers('987654321') })).status).toBe(
      201,
    )
    expect(codeOf(await send(tpp, body, { headers: headers('1') }))).toBe('PSU_CREDENTIALS_INVALID')
  })

  it('Nina always declines, Bjørn is blocked', async () => {
    const ninas = payment({ debtorAccount: { iban: sb1Customers[3]?.accounts[0]?.iban } })
    expect(codeOf(await sendTwice(bench, tpp, ninas, { psu: 'Nina Nei' }))).toBe('SCA_INVALID')
    const headers = { 'psu-id': 'bjorn.blokkert' }
    expect(codeOf(await send(tpp, payment(), { headers }))).toBe('PSU_CREDENTIALS_INVALID')
    expect((await bench.click(redirectOf(await send(tpp)), 'Bjørn Blokkert')).error).toBe('page_refused')
  })
})

describe('the repeat', () => {
  it('is too early while the customer is still at the page', async () => {
    const first = await send(tpp)
    await bench.click(redirectOf(first), 'Ola Nordmann', { decision: 'abandon' })
    expect(redirectOf(await send(tpp))).toBe(redirectOf(first))
  })

  it('without anybody at the page is refused once, then it starts over', async () => {
    await send(tpp)
    expect(codeOf(await send(tpp))).toBe('SCA_NOT_FOUND')
    expect((await send(tpp)).status).toBe(401)
  })

  it('in another session starts over', async () => {
    await bench.click(redirectOf(await send(tpp, payment(), session)), 'Ola Nordmann')
    expect((await send(tpp, payment(), { headers: { 'tpp-session-id': 'other' } })).status).toBe(401)
    expect((await send(tpp, payment(), session)).status).toBe(201)
  })

  it('of another payment than the customer saw does not count', async () => {
    await bench.click(redirectOf(await send(tpp, payment(), session)), 'Ola Nordmann')
    expect(codeOf(await send(tpp, payment({ creditorName: 'Somebody else' }), session))).toBe('SCA_INVALID')
  })

  it('comes too late', async () => {
    await bench.click(redirectOf(await send(tpp)), 'Ola Nordmann')
    await bench.moveClock(tpp, 6 * 60)
    expect(codeOf(await send(tpp))).toBe('SCA_EXPIRED')
  })

  it('needs no field in its old place', async () => {
    await bench.click(redirectOf(await send(tpp)), 'Ola Nordmann')
    const turned = Object.fromEntries(Object.entries(payment()).reverse())
    expect((await send(tpp, turned)).status).toBe(201)
  })
})

describe('a body', () => {
  const amount = (value: string, currency = 'EUR') => payment({ instructedAmount: { amount: value, currency } })
  it.each([
    ['blanks in an IBAN', payment({ creditorAccount: { iban: 'DE89 3704 0044 0532 0130 00' } }), 'FORMAT_ERROR'],
    ['wrong check digits', payment({ creditorAccount: { iban: 'DE88370400440532013000' } }), 'FORMAT_ERROR'],
    ['no creditor', payment({ creditorName: undefined }), 'FORMAT_ERROR'],
    ['a long name', payment({ creditorName: 'x'.repeat(71) }), 'FORMAT_ERROR'],
    ['nothing to pay', amount('0.00'), 'FORMAT_ERROR'],
    ['decimals of yen', amount('1.5', 'JPY'), 'FORMAT_ERROR'],
    ['yen', amount('15', 'JPY'), 'PRODUCT_INVALID'],
    ['a creditor outside SEPA', payment({ creditorAccount: { iban: 'GE29NB0000000101904917' } }), 'PRODUCT_INVALID'],
    [
      'a currency the account does not have',
      payment({ debtorAccount: { iban: 'NO9386011117947', currency: 'EUR' } }),
      'RESOURCE_UNKNOWN',
    ],
    [
      'a far day',
      payment({ requestedExecutionDate: bankingDayFrom(addDays(dayOf(Date.now()), 370)) }),
      'EXECUTION_DATE_INVALID',
    ],
    ['a list', [payment()], 'BAD_REQUEST'],
    ['nothing', '', 'BAD_REQUEST'],
    [
      'a KID',
      payment({ creditorAccount: { iban: kidOnlyCreditor }, remittanceInformationUnstructured: '2345676' }),
      401,
    ],
  ])('with %s', async (_name, body, code) => {
    expect(codeOf(await send(tpp, body))).toBe(code)
  })
})
