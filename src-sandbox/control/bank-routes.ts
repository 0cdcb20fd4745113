/** Control calls about one bank: its portal, and its customers and what they click. */
import { X509Certificate } from 'node:crypto'
import { describeCertificate } from '#sandbox/pki/presented-certificate.ts'
import { portalUploadSchema, psuActionSchema } from '#shared/sandbox-protocol.ts'
import { actAsCustomer } from './act-as-customer.ts'
import { readControlBody } from './control-body.ts'
import { Refusal } from './refusal.ts'
import { bankOf, done, type Route, type Routes, refuseOthers } from './steering.ts'

const upload: Route = (sandbox, received, id, caller) => {
  const { bank } = bankOf(sandbox, id)
  const { certificate } = readControlBody(received, portalUploadSchema)
  if (certificate.includes('PRIVATE KEY'))
    throw new Refusal(400, 'private_key_sent', 'Upload the certificate only: a private key belongs to nobody else.')
  let parsed: X509Certificate
  try {
    parsed = new X509Certificate(certificate)
  } catch {
    throw new Refusal(400, 'certificate_unreadable', 'The certificate is not an X.509 certificate in PEM form.')
  }
  const { organizationIdentifier, sha256 } = describeCertificate(parsed, [])
  if (!organizationIdentifier)
    throw new Refusal(400, 'organisation_missing', 'The certificate has no organizationIdentifier (2.5.4.97).')
  refuseOthers(caller, organizationIdentifier)
  bank.upload(sandbox.tenants.get(organizationIdentifier), sha256)
  sandbox.tenants.changed()
  return done({ organizationIdentifier, sha256 }, 201)
}

const customers: Route = (sandbox, _received, id) => done(bankOf(sandbox, id).bank.customers)

const psu: Route = async (sandbox, received, id, caller) =>
  done(
    await actAsCustomer(bankOf(sandbox, id), readControlBody(received, psuActionSchema), {
      browse: sandbox.browse,
      // The callback of somebody elsewhere is on their machine, not on this one.
      callsBack: caller.tenant === null,
    }),
  )

export const bankRoutes: Routes = {
  'GET /banks/*/customers': customers,
  'POST /banks/*/portal/certificates': upload,
  'POST /banks/*/psu': psu,
}
