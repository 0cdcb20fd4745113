/** Payments, bulk payments and standing orders: initiated, read back and watched. */
import { randomUUID } from 'node:crypto'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { scopeOfPayment, tokenOnceGranted } from './access-token.ts'
import type { BogCall, BogHandler } from './admission.ts'
import { newAuthorisation } from './authorisation-life.ts'
import { type Payment, type PaymentContent, type PaymentService, paymentServices } from './bog-state.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { isLeftUnauthorised } from './consent-status.ts'
import { wantsExplicitStart } from './consents.ts'
import { findCustomer } from './customers.ts'
import { paymentInPath } from './find-resource.ts'
import { checkBody } from './payment-body.ts'
import { checkPayment } from './payment-rules.ts'
import { paymentStatus } from './payment-status.ts'
import { creationHeaders, creationLinks, resourcePath } from './resource-links.ts'

const products = ['aspsp', 'domestic', 'foreign']

/** Service and product of the path: their words come before their form. */
export const checkPaymentPath =
  (bog: BogSurroundings) =>
  (call: BogCall): void => {
    const service = call.parameter('payment-service')
    if (service === 'accounts' || service === 'consents')
      bog.refuse('ais', '405-service-invalid', { reason: `${call.received.method} is not offered here` }, call)
    if (!paymentServices.some((one) => one === service))
      call.refuse('404-resource-unknown', { reason: 'there is no such payment service', path: 'payment-service' })
    if (!products.includes(call.parameter('payment-product')))
      call.refuse('404-product-unknown', { reason: 'there is no such payment product', path: 'payment-product' })
  }

/** What the service understands of a body; the rest is not kept. */
const keptFields: Readonly<Record<PaymentService, readonly string[]>> = {
  payments: [
    'instructedAmount',
    'creditorAccount',
    'creditorAgent',
    'creditorAgentName',
    'creditorName',
    'creditorAddress',
    'remittanceInformationUnstructured',
    'requestedExecutionDate',
  ],
  'bulk-payments': ['payments', 'requestedExecutionDate', 'batchBookingPreferred'],
  'periodic-payments': [
    'instructedAmount',
    'creditorAccount',
    'creditorAgent',
    'creditorAgentName',
    'creditorName',
    'creditorAddress',
    'remittanceInformationUnstructured',
    'startDate',
    'endDate',
    'executionRule',
    'frequency',
    'dayOfExecution',
  ],
}

function keptContent(service: PaymentService, content: PaymentContent): PaymentContent {
  const names = ['endToEndIdentification', ...keptFields[service]]
  const kept = Object.entries(content).filter(([name]) => names.includes(name))
  return { ...Object.fromEntries(kept), debtorAccount: content.debtorAccount }
}

export const initiatePayment =
  (bog: BogSurroundings): BogHandler =>
  (call) => {
    const content = JSON.parse(call.received.body.toString('utf8')) as PaymentContent
    if (call.header('tpp-rejection-nofunds-preferred') === 'true')
      call.refuse('400-parameter-not-supported', {
        reason: 'the bank does not reject for want of funds on request',
        path: 'TPP-Rejection-NoFunds-Preferred',
      })
    checkBody(call, content)
    const service = call.parameter('payment-service') as PaymentService
    const redirectUri = call.header('tpp-redirect-uri') ?? null
    const payment: Payment = {
      ...checkPayment(bog, call, content),
      id: randomUUID(),
      createdAt: call.now,
      service,
      product: call.parameter('payment-product'),
      content: keptContent(service, content),
      redirectUri,
      signedBy: [],
      signedAt: null,
      rejectedAt: null,
      cancellation: null,
      cancelledAt: null,
    }
    call.state.payments[payment.id] = payment
    const psu = findCustomer(call.header('psu-id') ?? '')?.id ?? null
    const explicit = payment.everyone || wantsExplicitStart(call)
    const started = { kind: 'payment', resource: payment.id, psu, redirectUri, now: call.now } as const
    const authorisation = explicit ? null : newAuthorisation(call.state, started).id
    const body = {
      transactionStatus: paymentStatus(payment, call.now),
      paymentId: payment.id,
      _links: creationLinks(bog, 'payment', payment, authorisation),
    }
    const headers = creationHeaders(bog, resourcePath(payment), call.header('tpp-notification-uri'))
    return jsonAnswer(201, body, `payment ${payment.id} of ${content.debtorAccount.iban}`, headers)
  }

export function paymentOf(bog: BogSurroundings, call: BogCall): Payment {
  const payment = paymentInPath(bog, call)
  tokenOnceGranted(call, scopeOfPayment(payment.id))
  return payment
}

export const readPayment =
  (bog: BogSurroundings): BogHandler =>
  (call) => {
    const payment = paymentOf(bog, call)
    if (isLeftUnauthorised(payment, call.now))
      call.refuse('403-resource-expired', {
        reason: 'the payment was left unauthorised until its time had passed',
        path: 'paymentId',
      })
    const transactionStatus = paymentStatus(payment, call.now)
    return jsonAnswer(200, { ...payment.content, transactionStatus }, `payment is ${transactionStatus}`)
  }

export const readPaymentStatus =
  (bog: BogSurroundings): BogHandler =>
  (call) => {
    const transactionStatus = paymentStatus(paymentOf(bog, call), call.now)
    return jsonAnswer(200, { transactionStatus }, `payment is ${transactionStatus}`)
  }
