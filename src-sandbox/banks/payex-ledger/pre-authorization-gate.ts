/** What every call must pass first: its token, its ledger, and a pre-authorization that has not ended. */
import { randomUUID } from 'node:crypto'
import type { OperationCall, OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import type { Answer } from '#sandbox/net/answer.ts'
import { digestOf } from '#sandbox/state/secret-digest.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { findCustomer, ledgers, type PayexCustomer } from './customers.ts'
import {
  type Application,
  type ApplicationKind,
  isExpired,
  keepPreAuthorization,
  type PayexState,
  type PreAuthorization,
  payexStateOf,
} from './payex-state.ts'
import type { PayexSurroundings, ProblemCode } from './payex-surroundings.ts'
import { type NamedToken, tokenOf } from './token.ts'

export interface AdmittedCall {
  readonly call: OperationCall
  readonly customer: PayexCustomer
  readonly preAuthorization: PreAuthorization
  readonly now: number
  /** Path of a resource on this ledger, below `pre-authorization`. */
  path(rest: string): string
  /** Ends the request with a problem of this operation. */
  refuse(code: ProblemCode, reason: string): never
}

export interface ApplicationCall extends AdmittedCall {
  readonly application: Application
}

/** A token's first call begins its pre-authorization: that happens outside the document, before a client has the token. */
function preAuthorizationOf(state: PayexState, token: NamedToken, now: number): PreAuthorization | null {
  const known = state.preAuthorizations[digestOf(token.secret)]
  const expired = known !== undefined && isExpired(known, now)
  if (known && !expired) return known
  // The token a customer always has would be good for one day only; it begins anew.
  if (expired && token.word !== null) return null
  const made: PreAuthorization = {
    id: randomUUID().replaceAll('-', ''),
    customer: token.customer,
    begunAt: now,
    identification: null,
    application: null,
    cancelledAt: null,
  }
  keepPreAuthorization(state, token.secret, made)
  return made
}

function admit(payex: PayexSurroundings, call: OperationCall): AdmittedCall {
  const { ownerNo = '' } = call.operation.parameters
  const refuse: AdmittedCall['refuse'] = (code, reason) => payex.refuse(call.operation.id, code, reason)
  const notFound = (reason: string): never => refuse('not-found', reason)
  if (payex.isOn(call.tenant, 'fatal')) refuse('fatal', 'the fault fatal is switched on')
  const token = tokenOf(call.received)
  if (!token) return notFound('there is no Authorization header with a Bearer token of this sandbox')
  const customer = findCustomer(token.customer)
  if (!customer) return notFound('the token names no customer of this sandbox')
  if (!Object.hasOwn(ledgers, ownerNo)) return notFound(`there is no ledger ${ownerNo}`)
  if (customer.ledger !== ownerNo)
    return notFound(`the pre-authorization is on ledger ${customer.ledger}, not ${ownerNo}`)
  const now = tenantNow(call.tenant)
  const preAuthorization = preAuthorizationOf(payexStateOf(call.tenant), token, now)
  if (!preAuthorization) return notFound('the pre-authorization was begun more than 24 hours ago and has expired')
  if (preAuthorization.cancelledAt !== null) refuse('invalid-state', 'the pre-authorization was cancelled')
  const path = (rest: string): string => `/ledger/public-account-transaction/v1/${ownerNo}/pre-authorization${rest}`
  return { call, customer, preAuthorization, now, path, refuse }
}

export const withPreAuthorization =
  (payex: PayexSurroundings, handle: (admitted: AdmittedCall) => Answer): OperationHandler =>
  (call) =>
    handle(admit(payex, call))

export const withApplication =
  (payex: PayexSurroundings, kind: ApplicationKind, handle: (admitted: ApplicationCall) => Answer): OperationHandler =>
  (call) => {
    const admitted = admit(payex, call)
    const { application } = admitted.preAuthorization
    if (application?.kind !== kind)
      return admitted.refuse(
        'not-found',
        application ? `it has one of ${application.kind}` : 'no application was begun',
      )
    return handle({ ...admitted, application })
  }

/** What a page needs to act as the gate would have. */
export const customerOf = ({ customer }: PreAuthorization): PayexCustomer => {
  const found = findCustomer(customer)
  if (!found) throw new Error(`There is no customer ${customer}.`)
  return found
}
