/** The two ends of a pre-authorization: back with a result, or cancelled. */
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { statusOf } from './application-status.ts'
import { shopPath } from './page-paths.ts'
import type { PayexSurroundings } from './payex-surroundings.ts'
import { type AdmittedCall, withPreAuthorization } from './pre-authorization-gate.ts'

const statusNow = ({ customer, now, preAuthorization: { application } }: AdmittedCall) =>
  application && statusOf(application, customer, now)

export const redirectBack = (payex: PayexSurroundings): OperationHandler =>
  withPreAuthorization(payex, (admitted) => {
    const status = statusNow(admitted)
    if (status !== 'Approved' && status !== 'Rejected')
      admitted.refuse('invalid-state', status ? `the application is ${status}` : 'no application was begun')
    const returnUrl = payex.pageUrl(shopPath, { result: status === 'Approved' ? 'approved' : 'rejected' })
    return jsonAnswer(200, { returnUrl, '@id': admitted.path('/redirect-back') }, `back with an application ${status}`)
  })

export const cancelPreAuthorization = (payex: PayexSurroundings): OperationHandler =>
  withPreAuthorization(payex, (admitted) => {
    if (statusNow(admitted) === 'Approved') admitted.refuse('invalid-state', 'the application is Approved')
    admitted.preAuthorization.cancelledAt = admitted.now
    const returnUrl = payex.pageUrl(shopPath, { result: 'cancelled' })
    return jsonAnswer(200, { returnUrl, '@id': admitted.path('/cancel') }, 'cancelled')
  })
