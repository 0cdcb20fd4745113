/** What a payment must pass before its body is read: connection, signature, role, quota, parameters and the customer it names. */

import type { OperationCall, PlainCall } from '#sandbox/bank/simulated-bank.ts'
import { headerOf } from '#sandbox/net/answer.ts'
import { judgeCertificate } from '#sandbox/pki/certificate-verdict.ts'
import { psd2RolesOf } from '#sandbox/pki/qc-statements.ts'
import type { SignatureJudgement } from '#sandbox/signatures/http-signature.ts'
import { bankNow } from '#sandbox/state/bank-clock.ts'
import { findCustomer, type Sb1Customer, sb1Customers } from './customers.ts'
import type { Sb1State } from './sb1-state.ts'
import type { Sb1Surroundings } from './sb1-surroundings.ts'

const forbidden = 'sb1-forbidden'
const credentials = 'sb1-psu-credentials-invalid'

const requiredHeaders = ['X-Request-ID', 'Date', 'Digest', 'Signature', 'TPP-Signature-Certificate']
const requestsPerMinute = 30
const mostRequestIds = 500

export function checkConnection(bank: Sb1Surroundings, { certificate }: PlainCall): void {
  const { verdict, reason } = judgeCertificate(certificate, bank.trust, bankNow())
  if (verdict !== 'good') bank.refuse(forbidden, reason)
}

export function checkRequiredHeaders(bank: Sb1Surroundings, { received }: PlainCall): void {
  const missing = requiredHeaders.find((name) => !headerOf(received, name.toLowerCase()))
  if (missing)
    bank.refuse('sb1-http-header-required', `there is no ${missing}`, `Required header ${missing} is missing`)
}

export function checkSignature(bank: Sb1Surroundings, { certificate }: PlainCall, judgement: SignatureJudgement): void {
  const { verdict, reason } = judgement
  if (verdict !== 'good') bank.refuse(forbidden, `${verdict}: ${reason}`)
  const [signer, connected] = [judgement.certificate?.organizationIdentifier, certificate?.organizationIdentifier]
  if (signer !== connected) bank.refuse(forbidden, `${signer} signed, but ${connected} is on the connection`)
  const roles = certificate ? psd2RolesOf(certificate.leaf) : []
  if (!roles.includes('PSP_PI'))
    bank.refuse(forbidden, `the certificate has ${roles.join(', ') || 'no role'}, not PSP_PI`)
}

function checkQuota(bank: Sb1Surroundings, state: Sb1State, now: number): void {
  state.requests = [...state.requests.filter((at) => Math.abs(now - at) < 60_000), now].slice(-requestsPerMinute - 1)
  if (state.requests.length > requestsPerMinute)
    bank.refuse('sb1-access-exceeded', `more than ${requestsPerMinute} requests came within a minute`)
}

function checkRequestId(bank: Sb1Surroundings, { received }: PlainCall, state: Sb1State): void {
  const id = (headerOf(received, 'x-request-id') ?? '').toLowerCase()
  if (state.requestIds.includes(id)) bank.refuse('sb1-conflict', `X-Request-ID ${id} was used before`)
  state.requestIds = [...state.requestIds, id].slice(-mostRequestIds)
}

function checkConsent(bank: Sb1Surroundings, { received, tenant }: PlainCall): void {
  for (const name of ['consent-invalid', 'consent-expired'] as const)
    if (bank.isOn(tenant, name)) bank.refuse(`sb1-${name}`, `the fault ${name} is switched on`)
  if (headerOf(received, 'consent-id')) bank.refuse('sb1-consent-unknown', 'the bank has given this TPP no consent')
}

/** Everything that is not about the content of the payment. */
export function checkFrame(bank: Sb1Surroundings, call: PlainCall, state: Sb1State, now: number): void {
  checkQuota(bank, state, now)
  checkRequestId(bank, call, state)
  const { tenant, received } = call
  if (bank.isOn(tenant, 'system-error')) bank.refuse('sb1-system-error', 'the fault system-error is switched on')
  if (bank.isOn(tenant, 'strict-query') && !received.query.has('allowDuplicates'))
    bank.refuse(
      'sb1-query-parameter-required',
      'the fault strict-query is switched on and there is no allowDuplicates',
      'Required query parameter allowDuplicates is missing',
    )
  checkConsent(bank, call)
}

function named({ received }: PlainCall): Sb1Customer | 'unknown' | null {
  const psuId = headerOf(received, 'psu-id')
  if (psuId !== undefined) return findCustomer(psuId) ?? 'unknown'
  const nationalId = headerOf(received, 'psu-national-id')
  if (nationalId === undefined) return null
  return sb1Customers.find((one) => one.nationalId === nationalId) ?? 'unknown'
}

/** @returns the customer the headers name; null where the bank's page has to ask. */
export function customerOf(bank: Sb1Surroundings, call: PlainCall): Sb1Customer | null {
  const customer = named(call)
  if (customer === 'unknown') return bank.refuse(credentials, 'the bank has no such customer')
  if (customer?.blocked) bank.refuse(credentials, `${customer.name} is blocked`)
  const corporate = headerOf(call.received, 'psu-corporate-id')
  const agreements = customer ? [customer.corporateId] : sb1Customers.map(({ corporateId }) => corporateId)
  if (corporate !== undefined && !agreements.includes(corporate))
    bank.refuse(credentials, `agreement ${corporate} is none of ${customer?.name ?? 'the bank'}`)
  return customer
}

/** Headers of the signature were judged already, better than their patterns can. */
const judgedAlready = /^\/header\/(digest|date|signature|tpp-signature-certificate)\b/

export const findingsOf = ({ operation }: OperationCall): string[] =>
  operation.findings().filter((finding) => !judgedAlready.test(finding))
