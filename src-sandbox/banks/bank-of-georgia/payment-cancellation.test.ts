import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BogBench, openBogBench } from '#sandbox/testing/bog-bench.ts'
import { bogPaymentDesk, nino } from '#sandbox/testing/bog-desk.ts'
import type { BogTpp } from '#sandbox/testing/bog-tpp.ts'

let bench: BogBench
let tpp: BogTpp
beforeAll(async () => {
  bench = await openBogBench()
  tpp = await bench.tpp()
})
afterAll(() => bench.close())

it('is done at once where nobody authorised the payment', async () => {
  const { on, status } = await bogPaymentDesk(tpp, null)
  const answer = await on('bog-payment-cancel')
  expect([answer.status, answer.text]).toEqual([204, ''])
  expect(await status()).toBe('CANC')
  expect((await on('bog-payment-cancel')).json).toMatchObject({ tppMessages: [{ code: 'CANCELLATION_INVALID' }] })
})

it('is authorised by the customer where the payment was', async () => {
  const { id, on, status } = await bogPaymentDesk(tpp)
  const early = await on('bog-payment-cancellation-authorisation-start')
  expect(early.json).toMatchObject({ tppMessages: [{ code: 'STATUS_INVALID' }] })
  const asked = await on('bog-payment-cancel')
  expect(asked).toMatchObject({
    status: 202,
    json: {
      transactionStatus: 'ACTC',
      _links: { startAuthorisation: { href: `/psd2/v1/payments/domestic/${id}/cancellation-authorisations` } },
    },
  })
  const started = await on('bog-payment-cancellation-authorisation-start')
  expect(started.status).toBe(201)
  expect(await status()).toBe('ACTC')
  await tpp.authorise(`PIS:${id}`, nino)
  const parameters = { authorisationId: String(started.json.authorisationId) }
  const watched = await on('bog-payment-cancellation-authorisation-status', { parameters })
  expect(watched.json).toEqual({ scaStatus: 'finalised' })
  expect((await on('bog-payment-cancellation-authorisation-list')).json).toEqual({
    authorisationIds: [parameters.authorisationId],
  })
  expect(await status()).toBe('CANC')
  const wrong = await on('bog-payment-authorisation-status', { parameters })
  expect(wrong.json).toMatchObject({ tppMessages: [{ code: 'RESOURCE_UNKNOWN' }] })
})

it('that is declined leaves the payment as it is', async () => {
  const { id, on, status } = await bogPaymentDesk(tpp)
  await on('bog-payment-cancel')
  await on('bog-payment-cancellation-authorisation-start')
  await tpp.authorise(`PIS:${id}`, nino, 'deny')
  expect(await status()).toBe('ACTC')
  const again = () => on('bog-payment-cancellation-authorisation-start')
  expect((await again()).json).toMatchObject({ tppMessages: [{ code: 'STATUS_INVALID' }] })
  expect((await on('bog-payment-cancel')).status).toBe(202)
  await again()
  await tpp.authorise(`PIS:${id}`, nino)
  expect(await status()).toBe('CANC')
})
