/** Payments and mandates: create, read, follow, delete. */
import { randomUUID } from 'node:crypto'
import { dayOf } from '#sandbox/bank/calendar.ts'
import type { OperationCall, OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { emptyAnswer, jsonAnswer } from '#sandbox/net/answer.ts'
import type { IcaState, Payment } from './ica-state.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'
import { fieldsOfProduct, type PaymentKind, pathOfKind, strip } from './payment-products.ts'
import { checkPayment, contentRow } from './payment-rules.ts'
import { paymentStatus, wantedDay } from './payment-status.ts'
import { type AdmittedCall, admit, type Gate, parameterOf } from './resource-gate.ts'

const noPerson = 'ica-payments-no-personal-number-or-payment-id'
export const paymentSystemDown = { switch: 'payment-system-down', row: 'ica-payments-underlying-500' } as const

const onProduct: Gate = { scopes: () => ['payment'], noPerson, down: paymentSystemDown }
const onPayment: Gate = { ...onProduct, id: { parameter: 'paymentId', row: noPerson } }

/** A signed payment ends only with the customer's signature for exactly that. */
function scopesToDelete(call: OperationCall, state: IcaState): readonly string[] {
  const id = parameterOf(call, 'paymentId')
  const signed = state.payments[id]?.signedAt != null
  return signed ? [`payment_delete:${id}`] : ['payment', `payment_delete:${id}`]
}
const onDeletion: Gate = { ...onPayment, scopes: scopesToDelete }

function productOf(ica: IcaSurroundings, call: OperationCall, kind: PaymentKind): readonly string[] {
  const product = parameterOf(call, 'paymentProduct')
  const fields = fieldsOfProduct(kind, product)
  return (
    fields ??
    ica.refuse(
      'ica-payments-resource-not-valid',
      `${JSON.stringify(product)} is no product of ${pathOfKind[kind].segment}`,
    )
  )
}

function paymentOf(ica: IcaSurroundings, { call, state, customer }: AdmittedCall, kind: PaymentKind): Payment {
  productOf(ica, call, kind)
  const id = parameterOf(call, 'paymentId')
  const payment = state.payments[id]
  const missing = (reason: string): never => ica.refuse('ica-payments-information-not-found', reason)
  if (payment?.ssn !== customer.ssn || payment.kind !== kind)
    return missing(`${customer.name} has no such payment ${JSON.stringify(id)}`)
  if (payment.product !== parameterOf(call, 'paymentProduct')) return missing(`the payment is a ${payment.product}`)
  return payment
}

export const createPayment =
  (ica: IcaSurroundings, kind: PaymentKind): OperationHandler =>
  (call) => {
    const { customer, state, now } = admit(ica, onProduct, call)
    const fields = productOf(ica, call, kind)
    const content = strip(checkPayment(ica, call, kind, { customer, now }), fields)
    const product = parameterOf(call, 'paymentProduct')
    const id = randomUUID()
    const unsigned = { basket: null, signedAt: null, cancelled: false }
    state.payments[id] = { id, kind, product, ssn: customer.ssn, content, createdAt: now, ...unsigned }
    const self = `/${pathOfKind[kind].segment}/${product}/${id}`
    const links = { self: { href: self }, status: { href: `${self}/${pathOfKind[kind].status}` } }
    return jsonAnswer(
      201,
      { transactionStatus: 'RCVD', paymentId: id, _links: links },
      `payment ${id} created, not signed`,
    )
  }

export const getPayment =
  (ica: IcaSurroundings, kind: PaymentKind): OperationHandler =>
  (call) => {
    const admitted = admit(ica, onPayment, call)
    const payment = paymentOf(ica, admitted, kind)
    const { id, content } = payment
    const transactionStatus = paymentStatus(payment, admitted.now)
    return jsonAnswer(200, { paymentId: id, transactionStatus, ...content }, `payment ${id} is ${transactionStatus}`)
  }

export const getPaymentStatus =
  (ica: IcaSurroundings, kind: PaymentKind): OperationHandler =>
  (call) => {
    const admitted = admit(ica, onPayment, call)
    const payment = paymentOf(ica, admitted, kind)
    const transactionStatus = paymentStatus(payment, admitted.now)
    return jsonAnswer(200, { transactionStatus }, `payment ${payment.id} is ${transactionStatus}`)
  }

export const deletePayment =
  (ica: IcaSurroundings, kind: PaymentKind): OperationHandler =>
  (call) => {
    const admitted = admit(ica, onDeletion, call)
    const payment = paymentOf(ica, admitted, kind)
    const status = paymentStatus(payment, admitted.now)
    if (!['RCVD', 'ACTC', 'ACWC'].includes(status)) ica.refuse(contentRow, `the payment is ${status}`)
    if (kind === 'single' && wantedDay(payment) <= dayOf(admitted.now))
      ica.refuse(contentRow, 'only a payment with a future date can be deleted')
    payment.cancelled = true
    return emptyAnswer(204, `payment ${payment.id} deleted; it was ${status}`)
  }
