/** What every account and payment call must pass first: certificate, token, consent, scope, and the bank's own checks. */

import type { OperationCall } from '#sandbox/bank/simulated-bank.ts'
import { headerOf } from '#sandbox/net/answer.ts'
import { judgeCertificate } from '#sandbox/pki/certificate-verdict.ts'
import { bankNow } from '#sandbox/state/bank-clock.ts'
import { digestOf } from '#sandbox/state/secret-digest.ts'
import { type Tenant, tenantNow } from '#sandbox/state/tenants.ts'
import { findCustomer, type IcaCustomer } from './customers.ts'
import { type Grant, type IcaState, icaStateOf } from './ica-state.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'
import { scopeAllows } from './scope.ts'
import { accessTokenSeconds, isConsentOver } from './token-request.ts'

/** A call of a customer's TPP that may look at the customer's things. */
export interface AdmittedCall {
  readonly call: OperationCall
  readonly tenant: Tenant
  readonly state: IcaState
  readonly customer: IcaCustomer
  readonly grant: Grant
  readonly now: number
}

export interface Gate {
  /** Scopes of which one must have been granted. */
  readonly scopes: (call: OperationCall, state: IcaState) => readonly string[]
  /** Path parameter that must not be blank, with the row that says so. */
  readonly id?: { readonly parameter: string; readonly row: string }
  /** Row for a token that is bound to no person. */
  readonly noPerson: string
  readonly down: { readonly switch: 'account-system-timeout' | 'payment-system-down'; readonly row: string } | null
}

const notAuthenticated = 'ica-general-not-authenticated'

function checkCertificate(ica: IcaSurroundings, call: OperationCall): void {
  const { verdict, reason } = judgeCertificate(call.certificate, ica.trust, bankNow())
  if (verdict !== 'good') ica.refuse(notAuthenticated, reason)
}

function grantOf(ica: IcaSurroundings, call: OperationCall, state: IcaState, now: number): Grant {
  const [, secret] = /^Bearer ([\w.~+/=-]+)$/i.exec(headerOf(call.received, 'authorization') ?? '') ?? []
  if (!secret) return ica.refuse(notAuthenticated, 'there is no Authorization header with a Bearer token')
  const token = state.accessTokens[digestOf(secret)]
  const grant = token && state.grants[token.grant]
  if (!grant) return ica.refuse(notAuthenticated, 'the access token is unknown; it may be of another client')
  if (token.thumbprint !== call.certificate?.thumbprint)
    return ica.refuse(notAuthenticated, 'the access token is bound to another certificate (x5t#S256 differs)')
  if (grant.revoked) return ica.refuse(notAuthenticated, `the access token was revoked: ${grant.revoked}`)
  // Before the token's own 600 s: after 90 days both are over, and the consent is what has to be renewed.
  if (isConsentOver(grant, now))
    return ica.refuse('ica-general-consent-expired', 'the customer authenticated more than 90 days ago')
  const age = Math.floor((now - token.issuedAt) / 1000)
  if (age >= accessTokenSeconds)
    return ica.refuse(notAuthenticated, `the access token is ${age} s old; it was good for ${accessTokenSeconds} s`)
  return grant
}

function checkCustomer(ica: IcaSurroundings, gate: Gate, tenant: Tenant, customer: IcaCustomer): void {
  if (customer.outstandingKyc) ica.refuse('ica-general-kyc-blocked', `${customer.name} has outstanding KYC questions`)
  if (ica.isOn(tenant, 'no-personal-number')) ica.refuse(gate.noPerson, 'the fault no-personal-number is switched on')
  if (ica.isOn(tenant, 'customer-validation'))
    ica.refuse('ica-general-customer-validation', 'the fault customer-validation is switched on')
  if (gate.down && ica.isOn(tenant, gate.down.switch))
    ica.refuse(gate.down.row, `the fault ${gate.down.switch} is switched on`)
}

/** Path parameters arrive percent-decoded; a blank one cannot name anything. */
export const parameterOf = (call: OperationCall, name: string): string => (call.operation.parameters[name] ?? '').trim()

export function admit(ica: IcaSurroundings, gate: Gate, call: OperationCall): AdmittedCall {
  checkCertificate(ica, call)
  const { tenant } = call
  const state = icaStateOf(tenant)
  const now = tenantNow(tenant)
  const grant = grantOf(ica, call, state, now)
  if (gate.id && parameterOf(call, gate.id.parameter) === '') ica.refuse(gate.id.row, `${gate.id.parameter} is blank`)
  const scopes = gate.scopes(call, state)
  if (!scopes.some((scope) => scopeAllows(grant.scope, scope)))
    ica.refuse('ica-general-consent-invalid', `the token has scope ${grant.scope}; this needs ${scopes.join(' or ')}`)
  const customer = findCustomer(grant.ssn)
  if (!customer) return ica.refuse(gate.noPerson, 'the token belongs to no customer')
  checkCustomer(ica, gate, tenant, customer)
  return { call, tenant, state, customer, grant, now }
}
