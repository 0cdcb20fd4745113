/** POST sepa-credit-transfers: from the signed request over the customer's approval to the payment. */

import { randomBytes } from 'node:crypto'
import { Refused } from '#sandbox/bank/refused.ts'
import type { OperationCall, OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, headerOf, jsonAnswer } from '#sandbox/net/answer.ts'
import { judgeHttpSignature } from '#sandbox/signatures/http-signature.ts'
import { bankNow } from '#sandbox/state/bank-clock.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { findCustomer } from './customers.ts'
import { type Cost, decimal } from './money.ts'
import { accountOf, checkDuplicate, checkFunds, readPayment } from './payment-rules.ts'
import { checkConnection, checkFrame, checkRequiredHeaders, checkSignature, customerOf } from './request-gate.ts'
import { type Decision, keep, type Payment, sb1StateOf } from './sb1-state.ts'
import { type Sb1Surroundings, sb1Signature } from './sb1-surroundings.ts'
import { approvalOf, linkOf, newChallenge, type Sending } from './sca-challenge.ts'

export const productPath = '/v1/payments/sepa-credit-transfers'

/** Opaque, with the marks of the bank's sample that have to be encoded in a path. */
const newId = (): string => `enc!!${randomBytes(30).toString('base64url')}==`

const isAnswer = (value: Decision | Answer): value is Answer => 'status' in value

/** The text for the customer is part of the contract: printed in English, here also in Norwegian. */
function psuMessage({ value, currency }: Cost, language: string): string {
  return /^(nb|nn|no)\b/i.test(language)
    ? `Foreløpig beregnet motverdi i ${currency}: ${decimal(value).replace('.', ',')}`
    : `Preliminary calculated countervalue in ${currency}: ${decimal(value)}`
}

function created(
  bank: Sb1Surroundings,
  call: OperationCall,
  payment: Payment,
  cost: Cost,
  page: string | null,
): Answer {
  const self = `${bank.baseUrl('xs2a')}${productPath}/${encodeURIComponent(payment.id)}`
  const link = (href: string) => ({ href, verbs: ['GET'] })
  const converted = cost.currency !== payment.content.instructedAmount.currency
  const body = {
    paymentId: payment.id,
    transactionStatus: 'RCVD',
    ...(cost.fee > 0 ? { transactionFees: { amount: decimal(cost.fee), currency: cost.currency } } : {}),
    transactionFeeIndicator: cost.fee > 0,
    ...(converted ? { psuMessage: psuMessage(cost, headerOf(call.received, 'accept-language') ?? '') } : {}),
    _links: {
      self: link(self),
      status: link(`${self}/status`),
      ...(page === null ? {} : { scaRedirect: link(page) }),
    },
  }
  return jsonAnswer(201, body, `payment ${payment.id} taken${page === null ? '' : ', not authorised yet'}`)
}

function take(bank: Sb1Surroundings, sending: Sending, call: OperationCall, decision: Decision | null): Answer {
  const { state, content, now } = sending
  const customer = decision ? (findCustomer(decision.psuId) ?? null) : sending.customer
  const cost = checkFunds(bank, content, accountOf(bank, content, customer), state, now)
  const payment: Payment = { id: newId(), content, debit: cost.value + cost.fee, takenAt: now, decision }
  keep(state.payments, payment.id, payment)
  const page = decision ? null : linkOf(bank, call, newChallenge(sending, payment.id).state)
  return created(bank, call, payment, cost, page)
}

function pay(bank: Sb1Surroundings, call: OperationCall): Answer {
  const { tenant, received } = call
  const state = sb1StateOf(tenant)
  const now = tenantNow(tenant)
  checkFrame(bank, call, state, now)
  const customer = customerOf(bank, call)
  const content = readPayment(bank, call, now)
  checkDuplicate(bank, call, content, state, now)
  checkFunds(bank, content, accountOf(bank, content, customer), state, now)
  const sending: Sending = { call, state, customer, content, now }
  // With the customer's context the customer authenticates once, afterwards.
  if (headerOf(received, 'psu-context') !== undefined) return take(bank, sending, call, null)
  const approval = approvalOf(bank, sending)
  return isAnswer(approval) ? approval : take(bank, sending, call, approval)
}

export const createPayment =
  (bank: Sb1Surroundings): OperationHandler =>
  (call) => {
    checkConnection(bank, call)
    checkRequiredHeaders(bank, call)
    // Not the tenant's clock: a client cannot date its requests into a moved one.
    const judgement = judgeHttpSignature(call.received, sb1Signature, { trust: bank.trust, now: bankNow() })
    const signature = judgement.trace
    try {
      checkSignature(bank, call, judgement)
      return { ...pay(bank, call), signature }
    } catch (cause) {
      if (cause instanceof Refused) return { ...cause.answer, signature }
      throw cause
    }
  }
