/** Cancels a payment: at once while nobody authorised it, else once its customers have authorised that too. */
import { emptyAnswer, jsonAnswer } from '#sandbox/net/answer.ts'
import type { BogHandler } from './admission.ts'
import type { Payment } from './bog-state.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { isUnderWay, paymentStatus } from './payment-status.ts'
import { paymentOf } from './payments.ts'
import { creationLinks } from './resource-links.ts'

/** What was asked for before and not declined goes on; declined, it starts anew. */
function openCancellation(payment: Payment, redirectUri: string | null, now: number): void {
  const { cancellation, id, eligible, everyone } = payment
  if (cancellation && cancellation.rejectedAt === null) return
  payment.cancellation = {
    id,
    createdAt: now,
    eligible,
    everyone,
    redirectUri,
    signedBy: [],
    signedAt: null,
    rejectedAt: null,
  }
}

export const cancelPayment =
  (bog: BogSurroundings): BogHandler =>
  (call) => {
    const payment = paymentOf(bog, call)
    const status = paymentStatus(payment, call.now)
    if (isUnderWay(status))
      call.refuse('405-cancellation-invalid', {
        reason: `the payment is ${status} and cannot be cancelled any more`,
        path: 'paymentId',
      })
    if (payment.signedBy.length === 0) {
      payment.cancelledAt = call.now
      return emptyAnswer(204, 'cancelled: nobody had authorised the payment')
    }
    openCancellation(payment, call.header('tpp-redirect-uri') ?? null, call.now)
    const body = { transactionStatus: status, _links: creationLinks(bog, 'cancellation', payment, null) }
    return jsonAnswer(202, body, `payment is ${status}: its cancellation has to be authorised`)
  }
