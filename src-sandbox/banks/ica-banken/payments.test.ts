import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, bankingDayFrom, startOfDay } from '#sandbox/bank/calendar.ts'
import {
  debtorAccount,
  domestic,
  later,
  openPaymentDesk,
  type PaymentDesk,
  periodic,
  single,
  today,
  undated,
} from '#sandbox/testing/payment-desk.ts'
import { openBench, type TestBench } from '#sandbox/testing/test-bench.ts'
import { exchange } from '#sandbox/testing/test-exchange.ts'
import { urlOf } from '#sandbox/testing/test-tpp.ts'
import { icaCustomers } from './customers.ts'

let bench: TestBench
let desk: PaymentDesk
beforeAll(async () => {
  bench = await openBench()
  desk = await openPaymentDesk(bench)
})
afterAll(() => bench.close())

describe('a payment', () => {
  it('is created unsigned and read back without foreign fields', async () => {
    const id = await desk.newPayment(single({ creditorAgent: 'COBADEFFXXX', somethingElse: 1 }))
    const { json } = await desk.on('ica-payment-get', id)
    expect(json).toMatchObject({ paymentId: id, transactionStatus: 'RCVD', creditorName: 'Elva Tolvansson' })
    expect(json).not.toHaveProperty('creditorAgent')
    expect(json).not.toHaveProperty('somethingElse')
  })

  it.each(['bankgiro', 'plusgiro', 'cross-border-credit-transfers'])('can be a %s', async (product) => {
    const body = single({ creditorAccount: { bban: '991-2346' } })
    expect((await desk.create('ica-payment-create', body, product)).status).toBe(201)
  })

  it.each([
    ['Payments', 'ica-payment-create', single],
    ['PeriodicPayments', 'ica-periodic-payment-create', periodic],
  ])('of %s has its status under either spelling', async (segment, operation, body) => {
    const id = await desk.newPayment(body(), operation)
    for (const word of ['status', 'Status']) {
      const url = `${urlOf(bench.sandbox.running, 'resource')}/${segment}/${domestic}/${id}/${word}`
      const headers = { authorization: `Bearer ${desk.token}` }
      expect((await exchange(desk.tpp.agent, { method: 'GET', url, headers })).json).toEqual({
        transactionStatus: 'RCVD',
      })
    }
  })

  it('is carried out on its day once it is signed', async () => {
    const own = await openPaymentDesk(bench)
    const id = await own.newPayment(single())
    await own.sign(id)
    const seen: unknown[] = []
    const wait = Math.ceil((startOfDay(later) - Date.now()) / 1000)
    for (const offset of [0, wait + 10, wait + 120]) {
      await bench.control.moveClock(own.tpp.organizationIdentifier, offset)
      const { access: token } = await bench.tokens(own.tpp, 'payment')
      seen.push((await own.on('ica-payment-status', id, { token })).json.transactionStatus)
    }
    expect(seen).toEqual(['ACTC', 'ACSP', 'ACSC'])
  })

  it('is moved to the next banking day from a weekend', async () => {
    const saturday = addDays(
      bankingDayFrom(addDays(today(), 14)),
      (6 - new Date(startOfDay(bankingDayFrom(addDays(today(), 14)))).getUTCDay()) % 7,
    )
    const id = await desk.newPayment(single({ requestedExecutionDate: saturday }))
    await desk.sign(id)
    expect(await desk.statusOf(id)).toBe('ACWC')
  })

  it('of today lowers what is available once it is signed', async () => {
    const [account] = icaCustomers[0]?.accounts ?? []
    const { access } = await bench.tokens(desk.tpp, 'account')
    const available = async (): Promise<number> => {
      const parameters = { accountId: account?.resourceId ?? '' }
      const { json } = await desk.tpp.call('ica-account-balances', { token: access, parameters })
      const balances = json.balances as { balanceType: string; balanceAmount: { amount: string } }[]
      return Number(balances.find(({ balanceType }) => balanceType === 'interimAvailable')?.balanceAmount.amount)
    }
    const before = await available()
    const id = await desk.newPayment(undated)
    expect(await available()).toBe(before)
    await desk.sign(id)
    const expected = ['ACSP', 'ACSC'].includes(String(await desk.statusOf(id))) ? before - 125.5 : before
    expect(await available()).toBeCloseTo(expected)
  })
})

describe('funds confirmation', () => {
  const ask = (account: object, amount: string) =>
    desk.tpp.call('ica-funds-confirmation', {
      token: desk.token,
      body: { account, instructedAmount: { currency: 'SEK', amount } },
    })

  it('is simulated and says so', async () => {
    const answer = await ask(debtorAccount, '1.00')
    expect(answer).toMatchObject({ status: 200, json: { fundsAvailable: true } })
    expect(answer.headers['x-tpp-sandbox']).toBe('simulated')
    expect((await ask(debtorAccount, '99999999.00')).json).toEqual({ fundsAvailable: false })
  })

  it('needs an account of the customer', async () => {
    expect((await ask({ iban: 'SE4550000000058398257466' }, '1.00')).status).toBe(404)
    expect((await ask({}, '1.00')).status).toBe(400)
    expect((await desk.tpp.call('ica-funds-confirmation', { token: desk.token, body: '' })).json.detail).toBe(
      'Payment information is null',
    )
  })
})

it('keeps tenants apart', async () => {
  const id = await desk.newPayment()
  const other = await bench.registered()
  const { access } = await bench.tokens(other, 'payment')
  const parameters = { paymentProduct: domestic, paymentId: id }
  expect((await other.call('ica-payment-get', { token: access, parameters })).status).toBe(404)
  const body = { paymentIds: [id] }
  expect((await other.call('ica-signing-basket-create', { token: access, body })).status).toBe(400)
})
