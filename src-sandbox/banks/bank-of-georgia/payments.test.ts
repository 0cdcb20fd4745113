import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BogBench, openBogBench } from '#sandbox/testing/bog-bench.ts'
import {
  accountNumber,
  bogPaymentDesk,
  bulk,
  consentDesk,
  domestic,
  inDays,
  newPayment,
  nino,
  paymentBody,
  signers,
  standing,
} from '#sandbox/testing/bog-desk.ts'
import type { BogTpp } from '#sandbox/testing/bog-tpp.ts'
import { companyId } from './customers.ts'

let bench: BogBench
let tpp: BogTpp
beforeAll(async () => {
  bench = await openBogBench()
  tpp = await bench.tpp()
})
afterAll(() => bench.close())

const linksOf = ({ json }: { json: Readonly<Record<string, unknown>> }): string[] =>
  Object.keys(json._links as object).sort()

const entry = (amount: string) => ({
  instructedAmount: { currency: 'GEL', amount },
  creditorName: 'Merchant123',
  creditorAccount: { iban: accountNumber(4).iban },
})
const bulkBody = (date?: string) => ({
  debtorAccount: { iban: accountNumber(1).iban },
  ...(date && { requestedExecutionDate: date }),
  payments: [entry('1.10'), entry('2.20')],
})
const standingBody = paymentBody(1, { startDate: inDays(10), frequency: 'Monthly', dayOfExecution: '1' })

describe('a payment', () => {
  it('is received with the links and headers of the framework', async () => {
    const answer = await tpp.call('bog-payment-initiate', { body: paymentBody(), parameters: domestic })
    const id = String(answer.json.paymentId)
    expect(answer.json.transactionStatus).toBe('RCVD')
    expect(linksOf(answer)).toEqual(['scaOAuth', 'scaStatus', 'self', 'status'])
    expect(answer.headers.location).toBe(`/psd2/v1/payments/domestic/${id}`)
    expect(answer.headers['aspsp-sca-approach']).toBe('REDIRECT')
  })

  it('moves through its statuses with the tenant’s clock', async () => {
    const own = await bench.tpp()
    const { id, status } = await bogPaymentDesk(own)
    const seen = [await status()]
    for (const offset of [61, 301, 361]) {
      await own.moveClock(offset)
      seen.push(await status())
    }
    expect(seen).toEqual(['ACTC', 'ACCP', 'ACSP', 'ACSC'])
    const { json } = await own.call('bog-payment-get', {
      parameters: { ...domestic, paymentId: id },
      token: 'x'.repeat(32),
    })
    expect(json).toMatchObject({ tppMessages: [{ code: 'TOKEN_UNKNOWN' }] })
  })

  it('is read back as it was sent, without what no payment has', async () => {
    const { on } = await bogPaymentDesk(tpp, nino, paymentBody(1, { somethingElse: 1 }))
    const { json } = await on('bog-payment-get')
    expect(json).toEqual({ ...paymentBody(), transactionStatus: 'ACTC' })
  })

  it.each([
    ['bulk-payments', bulk, bulkBody()],
    ['periodic-payments', standing, standingBody],
    ['payments of product aspsp', { ...domestic, 'payment-product': 'aspsp' }, paymentBody()],
    [
      'payments of product foreign',
      { ...domestic, 'payment-product': 'foreign' },
      paymentBody(2, { instructedAmount: { currency: 'EUR', amount: '5.00' } }),
    ],
  ])('can be one of %s', async (_name, path, body) => {
    const { on, status } = await bogPaymentDesk(tpp, nino, body, path)
    expect(await status()).toBe('ACTC')
    expect((await on('bog-payment-get')).json).toMatchObject(body)
  })

  it('of a later day waits for it', async () => {
    const own = await bench.tpp()
    const { status } = await bogPaymentDesk(own, nino, bulkBody(inDays(20)), bulk)
    await own.moveClock(590)
    expect(await status()).toBe('ACCP')
  })

  it('lowers what its account is expected to hold, and shows up in it', async () => {
    const own = await bench.tpp()
    const { read } = await consentDesk(own)
    const parameters = { 'account-id': accountNumber(1).resourceId }
    const expected = async () => {
      const { json } = await read('bog-account-balances', { parameters })
      const balances = json.balances as { balanceType: string; balanceAmount: { amount: string } }[]
      return Number(balances.find(({ balanceType }) => balanceType === 'expected')?.balanceAmount.amount)
    }
    const before = await expected()
    const { id } = await bogPaymentDesk(own)
    expect(await expected()).toBe(before)
    await own.moveClock(400)
    expect(await expected()).toBeCloseTo(before - 12.5)
    const details = await read('bog-account-transaction-details', {
      parameters: { ...parameters, transactionId: `P-${id}-1` },
    })
    expect(details.json).toMatchObject({
      transactionsDetails: { transactionAmount: { currency: 'GEL', amount: '-12.50' }, creditorName: 'Merchant123' },
    })
  })

  it('is rejected when the customer declines', async () => {
    const { id, status } = await bogPaymentDesk(tpp, null)
    expect((await tpp.authorise(`PIS:${id}`, nino, 'deny')).error).toBe('access_denied')
    expect(await status()).toBe('RJCT')
  })

  it('is rejected when nobody authorises it for a day', async () => {
    const own = await bench.tpp()
    const { status } = await bogPaymentDesk(own, null)
    await own.moveClock(86_401)
    expect(await status()).toBe('RJCT')
  })

  it.each([
    [
      'an amount with too many decimals',
      paymentBody(1, { instructedAmount: { currency: 'GEL', amount: '1.234' } }),
      'instructedAmount.amount',
    ],
    ['no creditor', { ...paymentBody(), creditorName: undefined }, 'creditorName'],
    [
      'letters outside the set',
      paymentBody(1, { remittanceInformationUnstructured: 'მადლობა' }),
      'remittanceInformationUnstructured',
    ],
  ])('is refused for %s', async (_name, body, path) => {
    const { json } = await tpp.call('bog-payment-initiate', { body, parameters: domestic })
    expect(json).toMatchObject({ tppMessages: [{ code: 'FORMAT_ERROR', path }] })
  })

  it('is refused with the body of another service', async () => {
    for (const [body, parameters] of [
      [standingBody, domestic],
      [paymentBody(), bulk],
      [bulkBody(), standing],
    ] as const) {
      const { json } = await tpp.call('bog-payment-initiate', { body, parameters })
      expect(json).toMatchObject({ tppMessages: [{ code: 'SERVICE_INVALID', path: 'payment-service' }] })
    }
  })
})

describe('a payment of a company', () => {
  it('is partially accepted until the last of three signers', async () => {
    const own = await bench.tpp()
    const created = await own.call('bog-payment-initiate', {
      body: paymentBody(7),
      parameters: domestic,
      headers: { 'psu-id': signers[0] ?? '', 'psu-corporate-id': companyId },
    })
    expect(linksOf(created)).toEqual(['self', 'startAuthorisation', 'status'])
    const parameters = { ...domestic, paymentId: String(created.json.paymentId) }
    const scope = `PIS:${parameters.paymentId}`
    expect((await own.authorise(scope, signers[0] ?? '')).error).toBe('invalid_request')
    const seen: unknown[] = []
    let token = ''
    for (const psu of signers) {
      const started = await own.call('bog-payment-authorisation-start', { parameters, headers: { 'psu-id': psu } })
      expect(linksOf(started)).toEqual(['scaOAuth', 'scaStatus'])
      token = (await own.authorise(scope, psu)).access
      seen.push((await own.call('bog-payment-status', { parameters, token })).json.transactionStatus)
    }
    expect(seen).toEqual(['PATC', 'PATC', 'ACTC'])
    const { json } = await own.call('bog-payment-authorisation-list', { parameters, token })
    expect(json.authorisationIds).toHaveLength(3)
    const again = await own.call('bog-payment-authorisation-start', {
      parameters,
      headers: { 'psu-id': signers[0] ?? '' },
    })
    expect(again.json).toMatchObject({ tppMessages: [{ code: 'STATUS_INVALID' }] })
  })

  it('lets nobody else sign, and nobody twice', async () => {
    const paymentId = await newPayment(tpp, paymentBody(7))
    const start = (psu: string) =>
      tpp.call('bog-payment-authorisation-start', {
        parameters: { ...domestic, paymentId },
        headers: { 'psu-id': psu },
      })
    expect((await start(nino)).json).toMatchObject({ tppMessages: [{ code: 'PSU_CREDENTIALS_INVALID' }] })
    await start(signers[0] ?? '')
    await tpp.authorise(`PIS:${paymentId}`, signers[0] ?? '')
    expect((await start(signers[0] ?? '')).json).toMatchObject({ tppMessages: [{ code: 'STATUS_INVALID' }] })
  })
})
