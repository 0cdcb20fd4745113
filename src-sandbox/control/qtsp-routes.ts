/** Control calls of the QTSP. */
import { issueCertificate } from '#sandbox/qtsp/issue-certificate.ts'
import { readSigningRequest } from '#sandbox/qtsp/signing-request.ts'
import { certificateOrderSchema } from '#shared/sandbox-protocol.ts'
import { readControlBody } from './control-body.ts'
import { done, type Route, type Routes, refuseOthers } from './steering.ts'

const order: Route = async (sandbox, received, _subject, caller) => {
  const wanted = readControlBody(received, certificateOrderSchema)
  const request = await readSigningRequest(wanted.csr)
  refuseOthers(caller, request.organizationIdentifier)
  // A certificate for nobody would be of no use: first there must be room for the organisation.
  const tenant = sandbox.tenants.get(request.organizationIdentifier)
  const { sha256, organizationIdentifier, ...issued } = await issueCertificate(wanted, request, sandbox)
  sandbox.tenants.get(organizationIdentifier)
  // Portals ask for the certificate of the connection; a seal is none.
  if (wanted.upload && wanted.kind === 'QWAC')
    for (const { bank } of sandbox.banks.values()) bank.upload(tenant, sha256)
  sandbox.tenants.changed()
  return done(issued, 201)
}

export const qtspRoutes: Routes = { 'POST /qtsp/certificates': order }
