/** Both kinds of application: begun, read, its questions answered, verified. */
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, emptyAnswer, jsonAnswer } from '#sandbox/net/answer.ts'
import { operationsOf, relationsOf, statusOf } from './application-status.ts'
import type { PayexCustomer } from './customers.ts'
import { judgeAnswers } from './kyc-judgement.ts'
import { questionsFor } from './kyc-questions.ts'
import { offerFor } from './offer.ts'
import type { Application, ApplicationKind } from './payex-state.ts'
import type { PayexSurroundings } from './payex-surroundings.ts'
import { type AdmittedCall, withApplication, withPreAuthorization } from './pre-authorization-gate.ts'

function applicationView(payex: PayexSurroundings, admitted: AdmittedCall, application: Application) {
  const { customer, now, path } = admitted
  const status = statusOf(application, customer, now)
  const relations = relationsOf(application, customer, now)
  const base = path(`/${application.kind}`)
  const hasOffer = application.kind === 'account-applications' && status !== 'AwaitingComplementaryInfo'
  return {
    status,
    ...(relations.includes('add-kyc-answers') ? { kycQuestions: questionsFor(customer) } : {}),
    operations: operationsOf(relations, base),
    countryCode: customer.country,
    ...(hasOffer ? { offer: offerFor(payex, customer.country) } : {}),
    '@id': base,
  }
}

const isFinal = (application: Application | null, customer: PayexCustomer, now: number): boolean =>
  application !== null && ['Approved', 'Rejected'].includes(statusOf(application, customer, now))

export const createApplication = (payex: PayexSurroundings, kind: ApplicationKind): OperationHandler =>
  withPreAuthorization(payex, (admitted) => {
    const { preAuthorization, customer, now, refuse } = admitted
    const { application, identification } = preAuthorization
    if (isFinal(application, customer, now)) refuse('invalid-state', 'the application there is has ended')
    if (application) refuse('application-exists', `there is one of ${application.kind}`)
    if ((identification?.doneAt ?? null) === null) refuse('invalid-state', 'the customer was not identified')
    const made: Application = { kind, answers: null, kalp: null, signing: null, verifiedAt: null }
    preAuthorization.application = made
    return jsonAnswer(201, applicationView(payex, admitted, made), `${kind} begun for ${customer.name}`)
  })

export const getApplication = (payex: PayexSurroundings, kind: ApplicationKind): OperationHandler =>
  withApplication(payex, kind, (admitted) => {
    const view = applicationView(payex, admitted, admitted.application)
    return jsonAnswer(200, view, `${kind} of ${admitted.customer.name}: ${view.status}`)
  })

const answersView = ({ application, path }: AdmittedCall & { application: Application }) => ({
  answers: application.answers ?? [],
  '@id': path(`/${application.kind}/kyc-answers`),
})

export const getAnswers = (payex: PayexSurroundings, kind: ApplicationKind): OperationHandler =>
  withApplication(payex, kind, (admitted) => jsonAnswer(200, answersView(admitted), 'the answers that count'))

export const postAnswers = (payex: PayexSurroundings, kind: ApplicationKind): OperationHandler =>
  withApplication(payex, kind, (admitted): Answer => {
    const { application, call, customer, now, refuse } = admitted
    if (!relationsOf(application, customer, now).includes('add-kyc-answers'))
      refuse('invalid-state', `the application is ${statusOf(application, customer, now)}`)
    const judged = judgeAnswers(questionsFor(customer), call.received.body)
    if ('findings' in judged) {
      const parameters = Object.keys(judged.findings).join(', ')
      return payex.refuse(call.operation.id, 'validation', `not taken: ${parameters}`, judged.findings)
    }
    application.answers = judged.answers
    return jsonAnswer(201, answersView(admitted), `${judged.answers.length} answers`)
  })

export const verifyApplication = (payex: PayexSurroundings, kind: ApplicationKind): OperationHandler =>
  withApplication(payex, kind, ({ application, customer, now, refuse }) => {
    if (!relationsOf(application, customer, now).includes('verify-application'))
      refuse('invalid-state', `the application is ${statusOf(application, customer, now)}`)
    application.verifiedAt = now
    return emptyAnswer(204, `verified: ${statusOf(application, customer, now)}`)
  })
