/** What a client does wrong to be answered with each row of Bank of Georgia's payment errors. */
import { randomUUID } from 'node:crypto'
import { creditorWithReference } from '#sandbox/banks/bank-of-georgia/customers.ts'
import type { BogBench } from './bog-bench.ts'
import {
  accountNumber,
  bogPaymentDesk,
  bulk,
  consentBody,
  consentDesk,
  domestic,
  inDays,
  newConsent,
  newPayment,
  nino,
  paymentBody,
  standing,
} from './bog-desk.ts'
import type { BogCallOptions, BogTpp } from './bog-tpp.ts'
import type { TestAnswer } from './test-exchange.ts'

/** @param tpp of a tenant that nothing else uses. */
export type BogRecipe = (bench: BogBench, tpp: BogTpp) => Promise<TestAnswer>

const initiate = (tpp: BogTpp, body: object = paymentBody(), options: BogCallOptions = {}): Promise<TestAnswer> =>
  tpp.call('bog-payment-initiate', { body, parameters: domestic, ...options })

const withHeaders =
  (headers: Readonly<Record<string, string>>): BogRecipe =>
  (_bench, tpp) =>
    initiate(tpp, paymentBody(), { headers })

const withBody =
  (body: object, parameters: Readonly<Record<string, string>> = domestic): BogRecipe =>
  (_bench, tpp) =>
    initiate(tpp, body, { parameters })

const withCertificate =
  (wanted: Parameters<BogBench['tpp']>[0], roles?: Parameters<BogBench['tpp']>[1]): BogRecipe =>
  async (bench) =>
    initiate(await bench.tpp(wanted, roles))

const standingOrder = (change: object): object =>
  paymentBody(1, { startDate: inDays(7), frequency: 'Monthly', dayOfExecution: '1', ...change })

/** An update of a fresh authorisation. */
const update =
  (body: object): BogRecipe =>
  async (_bench, tpp) => {
    const { on } = await bogPaymentDesk(tpp, null)
    const { json } = await on('bog-payment-authorisation-start', { headers: { 'psu-id': nino } })
    const parameters = { authorisationId: String(json.authorisationId) }
    return on('bog-payment-authorisation-update', { parameters, body })
  }

/** The authorisation that was made together with the payment. */
async function firstAuthorisation(on: Awaited<ReturnType<typeof bogPaymentDesk>>['on']): Promise<string> {
  const { json } = await on('bog-payment-authorisation-list')
  return (json.authorisationIds as string[])[0] ?? ''
}

const day = 86_400

export const pisRecipes: Readonly<Record<string, BogRecipe>> = {
  '400-format-error': withBody(paymentBody(1, { instructedAmount: { currency: 'GEL', amount: '12,50' } })),
  '400-parameter-not-consistent': async (_bench, tpp) => {
    const { on } = await bogPaymentDesk(tpp)
    const parameters = { authorisationId: await firstAuthorisation(on) }
    return on('bog-payment-authorisation-update', { parameters, body: {}, headers: { 'psu-id': 'ana.kapanadze' } })
  },
  '400-parameter-not-supported': withHeaders({ 'tpp-rejection-nofunds-preferred': 'true' }),
  '400-service-invalid': async (_bench, tpp) => {
    const { on } = await bogPaymentDesk(tpp, null, standingOrder({}), standing)
    return on('bog-payment-get', { parameters: domestic })
  },
  '400-resource-unknown': withBody(paymentBody(1, { debtorAccount: { iban: 'GE00BG0000000000000000' } })),
  '400-resource-expired': async (_bench, tpp) => {
    const { on } = await bogPaymentDesk(tpp, null)
    await tpp.moveClock(day + 1)
    return on('bog-payment-authorisation-start')
  },
  '400-resource-blocked': withBody(paymentBody(3)),
  '400-timestamp-invalid': (_bench, tpp) =>
    initiate(tpp, paymentBody(), {
      headers: { date: new Date(Date.now() - 2 * 3_600_000).toUTCString() },
      sign: {},
    }),
  '400-period-invalid': withBody(standingOrder({ endDate: inDays(3) }), standing),
  '400-sca-method-unknown': update({ authenticationMethodId: 'nope' }),
  '400-sca-invalid': update({ scaAuthenticationData: '000000' }),
  '400-consent-unknown': withHeaders({ 'consent-id': 'unknown' }),
  '400-payment-failed': withBody(paymentBody(1, { instructedAmount: { currency: 'GEL', amount: '999999999.00' } })),
  '400-execution-date-invalid': withBody(
    {
      debtorAccount: { iban: accountNumber(1).iban },
      requestedExecutionDate: inDays(-1),
      payments: [
        {
          instructedAmount: { currency: 'GEL', amount: '1.00' },
          creditorName: 'A',
          creditorAccount: { iban: accountNumber(4).iban },
        },
      ],
    },
    bulk,
  ),
  '401-certificate-invalid': withCertificate({}, []),
  '401-role-invalid': withCertificate({}, ['PSP_AI']),
  '401-certificate-expired': withCertificate({ profile: 'expired' }),
  '401-certificate-blocked': withCertificate({ profile: 'blocked' }),
  '401-certificate-revoke': withCertificate({ profile: 'revoked' }),
  '401-certificate-missing': (bench) => initiate(bench.open(null)),
  '401-signature-invalid': (_bench, tpp) => {
    const text = JSON.stringify(paymentBody())
    return initiate(tpp, paymentBody(), { sign: {}, tamper: { body: text.replace('12.50', '13.50') } })
  },
  '401-signature-missing': async (_bench, tpp) => {
    await initiate(tpp)
    await tpp.switchOn('signature-mandatory')
    return initiate(tpp)
  },
  '401-corporate-id-invalid': withHeaders({ 'psu-corporate-id': '0' }),
  '401-psu-credentials-invalid': withHeaders({ 'psu-id': 'nobody' }),
  '401-consent-invalid': async (_bench, tpp) => {
    const id = await newConsent(tpp)
    await tpp.authorise(`AIS:${id}`, nino, 'deny')
    return initiate(tpp, paymentBody(), { headers: { 'consent-id': id } })
  },
  '401-consent-expired': async (_bench, tpp) => {
    const { id } = await consentDesk(tpp, nino, consentBody([1], { validUntil: inDays(1) }))
    await tpp.moveClock(3 * day)
    return initiate(tpp, paymentBody(), { headers: { 'consent-id': id } })
  },
  '401-token-unknown': async (_bench, tpp) => {
    const { on } = await bogPaymentDesk(tpp)
    return on('bog-payment-status', { token: randomUUID() })
  },
  '401-token-invalid': async (_bench, tpp) => {
    const { token } = await consentDesk(tpp)
    const { on } = await bogPaymentDesk(tpp)
    return on('bog-payment-status', { token })
  },
  '401-token-expired': async (_bench, tpp) => {
    const { on } = await bogPaymentDesk(tpp)
    await tpp.moveClock(601)
    return on('bog-payment-status')
  },
  '401-required-kid-missing': withBody(
    paymentBody(1, { creditorAccount: { iban: creditorWithReference }, remittanceInformationUnstructured: undefined }),
  ),
  '403-consent-unknown': async (bench, tpp) => {
    const id = await newConsent(await bench.tpp())
    return initiate(tpp, paymentBody(), { headers: { 'consent-id': id } })
  },
  '403-service-blocked': withBody(paymentBody(6)),
  '403-resource-unknown': async (bench, tpp) => {
    const paymentId = await newPayment(await bench.tpp())
    return tpp.call('bog-payment-get', { parameters: { ...domestic, paymentId } })
  },
  '403-resource-expired': async (_bench, tpp) => {
    const { on } = await bogPaymentDesk(tpp, null)
    await tpp.moveClock(day + 1)
    return on('bog-payment-get')
  },
  '403-product-invalid': withBody(paymentBody(4), { ...domestic, 'payment-product': 'foreign' }),
  '404-resource-unknown': (_bench, tpp) =>
    tpp.call('bog-payment-status', { parameters: { ...domestic, paymentId: 'unknown' } }),
  '404-product-unknown': withBody(paymentBody(), { ...domestic, 'payment-product': 'sepa-credit-transfers' }),
  '405-service-invalid': async (_bench, tpp) => {
    const { on } = await bogPaymentDesk(tpp, null)
    return on('bog-payment-get', { method: 'PUT', body: {} })
  },
  '405-cancellation-invalid': async (_bench, tpp) => {
    const { on, status } = await bogPaymentDesk(tpp)
    await tpp.moveClock(400)
    if ((await status()) !== 'ACSC') throw new Error('The payment is not settled.')
    return on('bog-payment-cancel')
  },
  '409-status-invalid': async (_bench, tpp) => {
    const { on } = await bogPaymentDesk(tpp)
    const parameters = { authorisationId: await firstAuthorisation(on) }
    return on('bog-payment-authorisation-update', { parameters, body: {} })
  },
}
