/** POST client: judges certificate, body and portal in the bank's order and registers the TPP. */

import type { OperationCall, OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { type CertificateVerdict, judgeCertificate } from '#sandbox/pki/certificate-verdict.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { isCallbackUri } from './callback-uri.ts'
import { icaStateOf } from './ica-state.ts'
import type { IcaSurroundings, IcaSwitch } from './ica-surroundings.ts'

const certificateRows: Readonly<Record<Exclude<CertificateVerdict, 'good'>, string>> = {
  missing: 'ica-registration-certificate-missing',
  expired: 'ica-registration-certificate-expired',
  'issuer-unknown': 'ica-registration-local-issuer-missing',
  'chain-incomplete': 'ica-registration-issuer-missing',
  revoked: 'ica-registration-certificate-revoked',
  blocked: 'ica-registration-certificate-blocked',
}

const faultRows: readonly (readonly [IcaSwitch, string])[] = [
  ['curity-registration', 'ica-registration-could-not-register-in-curity'],
  ['gateway-registration', 'ica-registration-could-not-register'],
  ['registration-error', 'ica-registration-register-error'],
  ['registration-internal', 'ica-registration-internal-application-error'],
]

function bodyOf(call: OperationCall): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(call.received.body.toString('utf8'))
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  } catch {
    // Broken JSON holds no oid either, and the bank's table has no row of its own for it.
    return {}
  }
}

function readBody(ica: IcaSurroundings, call: OperationCall): { oid: string; callbackUris: string[] } {
  const { oid, callbackUri } = bodyOf(call)
  if (typeof oid !== 'string' || oid.trim() === '')
    return ica.refuse('ica-registration-oid-missing', 'oid is missing or no text')
  if (!Array.isArray(callbackUri))
    return ica.refuse('ica-registration-callback-list-missing', 'callbackUri is missing or no list')
  if (callbackUri.length === 0)
    return ica.refuse('ica-registration-callback-list-empty', 'callbackUri is an empty list')
  const wrong = callbackUri.find((uri) => !isCallbackUri(uri))
  if (wrong !== undefined)
    return ica.refuse(
      'ica-registration-callback-invalid-uri',
      `${JSON.stringify(wrong)} is no absolute https URI without fragment`,
    )
  return { oid, callbackUris: callbackUri as string[] }
}

function checkPortal(ica: IcaSurroundings, call: OperationCall, oid: string): void {
  const own = call.certificate?.organizationIdentifier
  if (oid !== own)
    ica.refuse(
      'ica-registration-oid-does-not-match',
      `the body names ${oid}, the certificate ${own ?? 'no organisation'}`,
    )
  const { uploads } = icaStateOf(call.tenant)
  if (uploads.length === 0) ica.refuse('ica-registration-oid-does-not-exist', `no certificate was uploaded for ${oid}`)
  if (!uploads.includes(call.certificate?.sha256 ?? ''))
    ica.refuse('ica-registration-certificate-does-not-match', 'another certificate was uploaded than the one presented')
}

export const registration =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const { verdict, reason } = judgeCertificate(call.certificate, ica.trust, tenantNow(call.tenant))
    if (verdict !== 'good') ica.refuse(certificateRows[verdict], reason)
    const { oid, callbackUris } = readBody(ica, call)
    checkPortal(ica, call, oid)
    const state = icaStateOf(call.tenant)
    if (state.client) ica.refuse('ica-registration-already-registered', `${oid} is registered`, { oid })
    for (const [name, row] of faultRows)
      if (ica.isOn(call.tenant, name)) ica.refuse(row, `the fault ${name} is switched on`, { oid })
    state.client = { callbackUris }
    return jsonAnswer(201, { oid, callbackUri: callbackUris, status: 'REGISTERED' }, `${oid} is registered now`)
  }
