import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '#sandbox/bank/calendar.ts'
import { domestic, openPaymentDesk, type PaymentDesk, periodic, single, today } from '#sandbox/testing/payment-desk.ts'
import { openBench, type TestBench } from '#sandbox/testing/test-bench.ts'
import { icaCustomers } from './customers.ts'

let bench: TestBench
let desk: PaymentDesk
beforeAll(async () => {
  bench = await openBench()
  desk = await openPaymentDesk(bench)
})
afterAll(() => bench.close())

describe('rows of the error table', () => {
  const make = 'ica-payment-create'
  it.each([
    ['no body', make, '', domestic, 'Payment information is null'],
    ['an empty object', make, {}, domestic, 'Payment information is null'],
    ['null', make, 'null', domestic, 'Payment information is null'],
    ['no JSON', make, '{', domestic, 'Call to underlying system failed'],
    ['no creditor', make, single({ creditorName: undefined }), domestic, 'Call to underlying system failed'],
    [
      'nothing',
      make,
      single({ instructedAmount: { currency: 'SEK', amount: '0' } }),
      domestic,
      'Call to underlying system failed',
    ],
    [
      'yesterday',
      make,
      single({ requestedExecutionDate: addDays(today(), -1) }),
      domestic,
      'Call to underlying system failed',
    ],
    [
      'a foreign debtor',
      make,
      single({ debtorAccount: { iban: 'SE4550000000058398257466' } }),
      domestic,
      'Call to underlying system failed',
    ],
    ['an unknown product', make, single(), 'not-a-product', 'RESOURCE_UNKNOWN'],
    [
      'a weekly mandate',
      'ica-periodic-payment-create',
      periodic({ frequency: 'Weekly' }),
      domestic,
      'Frequency should be monthly',
    ],
    ['a mandate to Bankgiro', 'ica-periodic-payment-create', periodic(), 'bankgiro', 'RESOURCE_UNKNOWN'],
    [
      'a mandate abroad',
      'ica-periodic-payment-create',
      periodic(),
      'cross-border-credit-transfers',
      'RESOURCE_UNKNOWN',
    ],
  ])('%s', async (_name, operation, body, product, detail) => {
    expect((await desk.create(operation, body, product)).json.detail).toBe(detail)
  })

  it('tells a wrong debtor from wrong content by its status', async () => {
    const { status } = await desk.create(make, single({ debtorAccount: { iban: 'SE4550000000058398257466' } }))
    expect(status).toBe(404)
    expect((await desk.create(make, single({ creditorName: undefined }))).status).toBe(400)
  })

  it('blank, unknown and misfiled ids', async () => {
    expect((await desk.on('ica-payment-status', '%20')).json.detail).toBe(
      'Can not retrieve personal number or payment Id',
    )
    expect((await desk.on('ica-payment-get', 'unknown')).json.detail).toBe('Payment Information not found')
    const id = await desk.newPayment()
    const misfiled = await desk.on('ica-payment-get', id, { parameters: { paymentProduct: 'bankgiro' } })
    expect(misfiled.json.detail).toBe('Payment Information not found')
  })

  it('a Fakturakonto cannot be debited', async () => {
    const { access } = await bench.tokens(desk.tpp, 'payment', '197903141203')
    const [, invoice] = icaCustomers[1]?.accounts ?? []
    const body = single({ debtorAccount: { iban: invoice?.iban } })
    expect((await desk.create(make, body, domestic, access)).status).toBe(400)
  })

  it('the payment system is down', async () => {
    await bench.control.switchOn(desk.tpp.organizationIdentifier, 'payment-system-down')
    const answer = await desk.create(make, single())
    await bench.control.switchOn(desk.tpp.organizationIdentifier)
    expect(answer).toMatchObject({ status: 500, json: { code: 'FORMAT_ERROR' } })
  })
})
