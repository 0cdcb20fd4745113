/** Signing baskets: several payments approved by the customer at once. */
import { randomUUID } from 'node:crypto'
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import type { Basket } from './ica-state.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'
import { paymentStatus } from './payment-status.ts'
import { paymentSystemDown } from './payments.ts'
import { type AdmittedCall, admit, type Gate, parameterOf } from './resource-gate.ts'

const noPerson = 'ica-payments-no-personal-number-or-basket-id'
const down = paymentSystemDown

const onBaskets: Gate = { scopes: () => ['payment'], noPerson, down }
const onBasket: Gate = { ...onBaskets, id: { parameter: 'basketId', row: noPerson } }
const onSigning: Gate = { ...onBasket, scopes: (call) => [`basket:${parameterOf(call, 'basketId')}`] }

function paymentIdsOf(body: Buffer): string[] | null {
  try {
    const { paymentIds } = JSON.parse(body.toString('utf8')) as { paymentIds?: unknown }
    const valid = Array.isArray(paymentIds) && paymentIds.every((id) => typeof id === 'string')
    return valid && paymentIds.length > 0 ? (paymentIds as string[]) : null
  } catch {
    return null
  }
}

/** Why a payment cannot go into a new basket; null where it can. */
function obstacle({ state, customer, now }: AdmittedCall, id: string): string | null {
  const payment = state.payments[id]
  if (payment?.ssn !== customer.ssn) return `${customer.name} has no payment ${JSON.stringify(id)}`
  if (payment.signedAt !== null) return `payment ${id} is signed already`
  if (payment.basket !== null) return `payment ${id} is in basket ${payment.basket}`
  const status = paymentStatus(payment, now)
  return status === 'RCVD' ? null : `payment ${id} is ${status}`
}

export const createBasket =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const admitted = admit(ica, onBaskets, call)
    const refuse = (reason: string): never => ica.refuse('ica-payments-basket-not-created', reason)
    const ids = paymentIdsOf(call.received.body)
    if (!ids) return refuse('paymentIds is missing, empty or no list of texts')
    if (new Set(ids).size < ids.length) return refuse('a payment is named twice')
    const found = ids.map((payment) => obstacle(admitted, payment)).find((reason) => reason !== null)
    if (found) return refuse(found)
    const { state, customer } = admitted
    const id = randomUUID()
    state.baskets[id] = { id, ssn: customer.ssn, payments: ids, signedAt: null }
    for (const payment of ids) if (state.payments[payment]) state.payments[payment].basket = id
    const body = { transactionStatus: 'RCVD', basketId: id, _links: { self: { href: `/SigningBasket/${id}` } } }
    return jsonAnswer(201, body, `basket ${id} with ${ids.length} payments created, not signed`)
  }

function basketOf(ica: IcaSurroundings, { call, state, customer }: AdmittedCall): Basket {
  const id = parameterOf(call, 'basketId')
  const basket = state.baskets[id]
  if (basket?.ssn === customer.ssn) return basket
  return ica.refuse('ica-payments-underlying-404-second', `${customer.name} has no basket ${JSON.stringify(id)}`)
}

export const getBasket =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const basket = basketOf(ica, admit(ica, onBasket, call))
    const transactionStatus = basket.signedAt === null ? 'RCVD' : 'ACTC'
    return jsonAnswer(
      200,
      { payments: basket.payments, transactionStatus },
      `basket ${basket.id} is ${transactionStatus}`,
    )
  }

export const signBasket =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const admitted = admit(ica, onSigning, call)
    const { state, now } = admitted
    const basket = basketOf(ica, admitted)
    if (basket.signedAt !== null) ica.refuse('ica-payments-underlying-error-response', 'the basket is signed already')
    const members = basket.payments.flatMap((id) => state.payments[id] ?? [])
    const lost = members.find((payment) => paymentStatus(payment, now) !== 'RCVD')
    if (lost) ica.refuse('ica-payments-underlying-400-second', `payment ${lost.id} is ${paymentStatus(lost, now)}`)
    basket.signedAt = now
    for (const payment of members) payment.signedAt = now
    return jsonAnswer(
      200,
      { transactionStatus: 'ACTC', basketId: basket.id },
      `basket ${basket.id} signed with ${members.length} payments`,
    )
  }
