/** Begins signing on this device or on a page, and leads to the Danish Kalp form. */
import { randomUUID } from 'node:crypto'
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { type Relation, relationsOf, statusOf } from './application-status.ts'
import { bankIdPath, kalpPath, signingPath } from './page-paths.ts'
import type { ApplicationKind, Signing } from './payex-state.ts'
import type { PayexSurroundings } from './payex-surroundings.ts'
import { type ApplicationCall, withApplication } from './pre-authorization-gate.ts'

/** Ends the call unless the application offers the step now. */
export function requireRelation({ application, customer, now, refuse }: ApplicationCall, relation: Relation): void {
  const offered = relationsOf(application, customer, now)
  if (offered.includes(relation)) return
  const status = statusOf(application, customer, now)
  refuse('invalid-state', `${relation} is not offered: the application is ${status} on a ledger in ${customer.country}`)
}

/** A newer signing takes the place of the one before. */
export function beginSigning({ application, now }: ApplicationCall, way: Signing['way'], startToken: string): Signing {
  const signing: Signing = { id: randomUUID(), way, startToken, begunAt: now, openedAt: null, end: null, shown: 0 }
  application.signing = signing
  return signing
}

export const beginSignOnDevice = (payex: PayexSurroundings, kind: ApplicationKind): OperationHandler =>
  withApplication(payex, kind, (admitted) => {
    requireRelation(admitted, 'begin-sign-bankid-se')
    // Called a Guid in the document, shown as its 16 bytes in base64.
    const startToken = Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url')
    const { id } = beginSigning(admitted, 'bankid-app', startToken)
    const body = {
      autoStartToken: startToken,
      nativeAppSwitchingUrl: payex.pageUrl(bankIdPath, { order: id }),
      '@id': admitted.path(`/${kind}/begin-sign-bankid-se`),
    }
    return jsonAnswer(200, body, `${admitted.customer.name} is to sign on this device`)
  })

export const beginSignOnPage = (
  payex: PayexSurroundings,
  kind: ApplicationKind,
  relation: 'begin-sign-bankid-no' | 'begin-sign-mitid-dk',
): OperationHandler =>
  withApplication(payex, kind, (admitted) => {
    requireRelation(admitted, relation)
    const { id } = beginSigning(admitted, 'page', '')
    const signingUrl = payex.pageUrl(signingPath, { session: id })
    return jsonAnswer(200, { signingUrl }, `${admitted.customer.name} is to sign on the page`)
  })

export const redirectToKalp = (payex: PayexSurroundings, kind: ApplicationKind): OperationHandler =>
  withApplication(payex, kind, (admitted) => {
    requireRelation(admitted, 'redirect-kalp-dk')
    const { application } = admitted
    application.kalp ??= { id: randomUUID(), filledAt: null }
    const redirectUrl = payex.pageUrl(kalpPath, { sessionId: application.kalp.id })
    return jsonAnswer(200, { redirectUrl }, `${admitted.customer.name} is to fill in the Kalp form`)
  })
