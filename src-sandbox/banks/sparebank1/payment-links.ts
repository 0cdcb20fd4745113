/**
 * The links of a created payment. An assumption: the bank's page has no operation behind them, only the sentence of its framework that a status can be read.
 * They answer the TPP that owns the payment, by its connection; a signature is not asked for.
 */
import type { PlainCall } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, jsonAnswer } from '#sandbox/net/answer.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { paymentStatus } from './payment-status.ts'
import { productPath } from './payments.ts'
import { checkConnection } from './request-gate.ts'
import { sb1StateOf } from './sb1-state.ts'
import type { Sb1Surroundings } from './sb1-surroundings.ts'

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

export function followPaymentLink(bank: Sb1Surroundings, call: PlainCall): Answer | null {
  const { received, tenant } = call
  const [, segment, status] = new RegExp(`^${productPath}/([^/]+)(/status)?$`).exec(received.path) ?? []
  if (received.method !== 'GET' || segment === undefined) return null
  checkConnection(bank, call)
  const { payments } = sb1StateOf(tenant)
  const id = decoded(segment)
  const payment = Object.hasOwn(payments, id) ? payments[id] : undefined
  if (!payment) return bank.refusal('sb1-not-found', `this TPP has no payment ${JSON.stringify(id)}`)
  const transactionStatus = paymentStatus(payment, tenantNow(tenant))
  const body = status ? { transactionStatus } : { paymentId: id, transactionStatus, ...payment.content }
  return jsonAnswer(200, body, `payment ${id} is ${transactionStatus}`)
}
