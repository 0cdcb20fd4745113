/** The token endpoint: authenticates the client by its certificate and hands the request to its grant. */

import type { OperationCall, OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { mediaTypeOf } from '#sandbox/net/answer.ts'
import { judgeCertificate } from '#sandbox/pki/certificate-verdict.ts'
import { psd2RolesOf } from '#sandbox/pki/qc-statements.ts'
import { bankNow } from '#sandbox/state/bank-clock.ts'
import { redeemCode } from './code-grant.ts'
import { refuseGrant, refuseWithRow } from './grant-errors.ts'
import { icaStateOf } from './ica-state.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'
import { redeemRefreshToken } from './refresh-grant.ts'
import type { TokenRequest } from './token-request.ts'

function authenticate(ica: IcaSurroundings, call: OperationCall, clientId: string | null): void {
  const invalid = (description: string): never =>
    refuseWithRow(ica, 'ica-general-invalid-client', 'invalid_client', description)
  // The machine's clock: the TLS connection is made now, wherever the tenant's clock stands.
  const { verdict, reason } = judgeCertificate(call.certificate, ica.trust, bankNow())
  if (verdict !== 'good') invalid(reason)
  if (!clientId) invalid('client_id is missing')
  if (clientId !== call.certificate?.organizationIdentifier)
    invalid(`client_id is ${clientId}, the certificate belongs to ${call.certificate?.organizationIdentifier}`)
  if (!icaStateOf(call.tenant).client) invalid(`${clientId} is not registered`)
}

/** Body and query: the bank's document prints the refresh call with its fields in the query. */
function fieldsOf({ received }: OperationCall): URLSearchParams {
  const body = new URLSearchParams(received.body.toString('utf8'))
  const fields = new URLSearchParams([...body])
  for (const [name, value] of received.query) if (!body.has(name)) fields.append(name, value)
  return fields
}

export const tokenEndpoint =
  (ica: IcaSurroundings): OperationHandler =>
  (call) => {
    const { body } = call.received
    if (body.length > 0 && mediaTypeOf(call.received) !== 'application/x-www-form-urlencoded')
      refuseGrant('invalid_request', 'the body must be application/x-www-form-urlencoded')
    const fields = fieldsOf(call)
    authenticate(ica, call, fields.get('client_id'))
    for (const name of new Set(fields.keys()))
      if (fields.getAll(name).length > 1) refuseGrant('invalid_request', `${name} was sent more than once`)
    const request: TokenRequest = {
      ica,
      fields,
      tenant: call.tenant,
      thumbprint: call.certificate?.thumbprint ?? '',
      roles: call.certificate ? psd2RolesOf(call.certificate.leaf) : [],
    }
    const grantType = fields.get('grant_type')
    if (grantType === 'authorization_code') return redeemCode(request)
    if (grantType === 'refresh_token') return redeemRefreshToken(request)
    if (!grantType) return refuseGrant('invalid_request', 'grant_type is missing')
    return refuseGrant('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token')
  }
