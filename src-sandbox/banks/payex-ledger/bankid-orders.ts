/** Swedish BankID orders: made, polled, cancelled. */
import { createHmac, randomUUID } from 'node:crypto'
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { bankIdPath } from './page-paths.ts'
import type { ApplicationKind, Signing } from './payex-state.ts'
import type { PayexSurroundings } from './payex-surroundings.ts'
import { type ApplicationCall, withApplication } from './pre-authorization-gate.ts'
import { qrCodeDataUrl } from './qr-code-image.ts'
import { beginSigning, requireRelation } from './signing.ts'
import { signingOutcome } from './signing-outcome.ts'

/** In BankID's form `bankid.TOKEN.SECONDS.CODE`, with a code that is another in every answer. */
function qrContent({ startToken, begunAt, shown }: Signing, now: number): string {
  const seconds = Math.floor((now - begunAt) / 1000)
  const code = createHmac('sha256', startToken).update(`${seconds}.${shown}`).digest('hex').slice(0, 32)
  return `bankid.${startToken.replaceAll('-', '')}.${seconds}.${code}`
}

function orderView(payex: PayexSurroundings, admitted: ApplicationCall, order: Signing) {
  const { application, customer, now, path } = admitted
  const { status, hint } = signingOutcome(order, customer.habit, now)
  const base = path(`/${application.kind}/sign-bankid-se`)
  const pending = status === 'Pending'
  order.shown += 1
  return {
    autostartToken: order.startToken,
    nativeAppSwitchingUrl: payex.pageUrl(bankIdPath, { order: order.id }),
    qrCodeImageDataUrl: pending ? qrCodeDataUrl(qrContent(order, now)) : '',
    status,
    ...(hint === null ? {} : { hintCode: hint }),
    operations: pending ? [{ rel: 'cancel', method: 'POST', href: `${base}/cancel` }] : [],
    '@id': base,
  }
}

export const createOrder = (payex: PayexSurroundings, kind: ApplicationKind): OperationHandler =>
  withApplication(payex, kind, (admitted) => {
    requireRelation(admitted, 'add-sign-bankid-se')
    const order = beginSigning(admitted, 'bankid-order', randomUUID())
    return jsonAnswer(201, orderView(payex, admitted, order), `${admitted.customer.name} is to scan the code and sign`)
  })

function orderOf({ application: { signing }, refuse }: ApplicationCall): Signing {
  return signing?.way === 'bankid-order' ? signing : refuse('invalid-state', 'there is no BankID order')
}

export const pollOrder = (payex: PayexSurroundings, kind: ApplicationKind): OperationHandler =>
  withApplication(payex, kind, (admitted) => {
    const view = orderView(payex, admitted, orderOf(admitted))
    return jsonAnswer(200, view, `the order is ${view.status}${view.hintCode ? `, ${view.hintCode}` : ''}`)
  })

export const cancelOrder = (payex: PayexSurroundings, kind: ApplicationKind): OperationHandler =>
  withApplication(payex, kind, (admitted) => {
    const order = orderOf(admitted)
    const { customer, now, refuse } = admitted
    const { status } = signingOutcome(order, customer.habit, now)
    if (status !== 'Pending') refuse('invalid-state', `the order is ${status}`)
    order.end = { at: now, as: 'Cancelled' }
    return jsonAnswer(201, {}, 'the order was cancelled')
  })
