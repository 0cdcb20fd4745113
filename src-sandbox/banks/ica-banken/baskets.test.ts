import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPaymentDesk, type PaymentDesk, periodic, single, undated } from '#sandbox/testing/payment-desk.ts'
import { openBench, type TestBench } from '#sandbox/testing/test-bench.ts'

let bench: TestBench
let desk: PaymentDesk
beforeAll(async () => {
  bench = await openBench()
  desk = await openPaymentDesk(bench)
})
afterAll(() => bench.close())

describe('deletion', () => {
  it.each([
    ['ica-payment-create', 'ica-payment-delete', 'ica-payment-status', single],
    ['ica-periodic-payment-create', 'ica-periodic-payment-delete', 'ica-periodic-payment-status', periodic],
  ])('%s: unsigned with scope payment, signed only with payment_delete', async (make, remove, status, body) => {
    const unsigned = await desk.newPayment(body(), make)
    expect((await desk.on(remove, unsigned)).status).toBe(204)
    expect(await desk.statusOf(unsigned, status)).toBe('CANC')

    const signed = await desk.newPayment(body(), make)
    await desk.sign(signed)
    expect(await desk.statusOf(signed, status)).toBe('ACTC')
    expect((await desk.on(remove, signed)).json.code).toBe('Consent_invalid')
    const { access } = await bench.tokens(desk.tpp, `payment_delete:${signed}`)
    expect((await desk.on(remove, signed, { token: access })).status).toBe(204)
    expect(await desk.statusOf(signed, status)).toBe('CANC')
    expect((await desk.on(remove, signed, { token: access })).json.code).toBe('FORMAT_ERROR')
  })

  it('is too late for a payment of today', async () => {
    const id = await desk.newPayment(undated)
    expect(await desk.on('ica-payment-delete', id)).toMatchObject({ status: 400, json: { code: 'FORMAT_ERROR' } })
  })

  it('needs the scope of this payment', async () => {
    const [one, other] = [await desk.newPayment(), await desk.newPayment()]
    await desk.sign(one, other)
    const { access } = await bench.tokens(desk.tpp, `payment_delete:${one}`)
    expect((await desk.on('ica-payment-delete', other, { token: access })).json.code).toBe('Consent_invalid')
  })
})

describe('a basket', () => {
  it('signs all its members at once', async () => {
    const ids = [await desk.newPayment(), await desk.newPayment(periodic(), 'ica-periodic-payment-create')]
    const basket = await desk.newBasket(...ids)
    expect((await desk.onBasket('ica-signing-basket-get', basket)).json).toEqual({
      payments: ids,
      transactionStatus: 'RCVD',
    })
    const page = await (
      await fetch(bench.authorizeUrl(desk.tpp, { scope: `basket:${basket}` }), { headers: { accept: 'text/html' } })
    ).text()
    expect(page.match(/125\.50 SEK to Elva Tolvansson/g)).toHaveLength(2)
    expect((await desk.onBasket('ica-signing-basket-sign', basket)).json.code).toBe('Consent_invalid')
    const { access } = await bench.tokens(desk.tpp, `basket:${basket}`)
    expect((await desk.onBasket('ica-signing-basket-sign', basket, access)).json).toEqual({
      transactionStatus: 'ACTC',
      basketId: basket,
    })
    expect(await desk.statusOf(ids[0] ?? '')).toBe('ACTC')
    const again = await desk.onBasket('ica-signing-basket-sign', basket, access)
    expect(again).toMatchObject({ status: 404, json: { title: 'Error response from underlying system' } })
  })

  it('cannot be made of what is unknown, signed, taken, cancelled or twice', async () => {
    const [signed, taken, cancelled, free] = [
      await desk.newPayment(),
      await desk.newPayment(),
      await desk.newPayment(),
      await desk.newPayment(),
    ]
    await desk.sign(signed)
    await desk.newBasket(taken)
    await desk.on('ica-payment-delete', cancelled)
    for (const paymentIds of [['unknown'], [signed], [taken], [cancelled], [free, free], [], 'text'])
      expect(
        await desk.tpp.call('ica-signing-basket-create', { token: desk.token, body: { paymentIds } }),
      ).toMatchObject({
        status: 400,
        json: { title: 'Could not create a siging basket' },
      })
  })

  it('cannot be signed after a member was cancelled', async () => {
    const [kept, lost] = [await desk.newPayment(), await desk.newPayment()]
    const basket = await desk.newBasket(kept, lost)
    const { access } = await bench.tokens(desk.tpp, `basket:${basket}`)
    await desk.on('ica-payment-delete', lost)
    expect(await desk.onBasket('ica-signing-basket-sign', basket, access)).toMatchObject({
      status: 400,
      json: { code: 'FORMAT_ERROR' },
    })
    expect(await desk.statusOf(kept)).toBe('RCVD')
  })

  it('is not the customer’s', async () => {
    expect(await desk.onBasket('ica-signing-basket-get', 'unknown')).toMatchObject({
      status: 404,
      json: { detail: 'Call to underlying system failed' },
    })
    expect((await desk.onBasket('ica-signing-basket-sign', '%20')).json.detail).toBe(
      'Can not retrieve personal number or basket Id',
    )
  })
})
