/** What a QTSP's mistake makes of a request: another role, or another organisation, than was asked for. */
import { organizationIdentifierOid } from '#sandbox/pki/presented-certificate.ts'
import { psd2Roles, rolesIn, withRoles } from '#sandbox/pki/qc-statements.ts'
import * as x509 from '#sandbox/pki/x509.ts'
import { qcStatementsOid, refuse, type SigningRequest } from './signing-request.ts'

/** One role that was not asked for instead of all that were: that of a bank, which is of no use to a TPP, if it can be. */
function withWrongRole(request: SigningRequest): SigningRequest {
  const extensions = request.extensions.map((extension) => {
    if (extension.type !== qcStatementsOid) return extension
    const statements = Buffer.from(extension.value)
    const asked = rolesIn(statements)
    const wrong = psd2Roles.find((role) => !asked.includes(role))
    if (!wrong) return refuse('The request asks for every role, so none of them would be wrong: ask for fewer.')
    return new x509.Extension(extension.type, extension.critical, withRoles(statements, [wrong]))
  })
  return { ...request, extensions }
}

/** The last digit or letter counted on: a number as it might be misread, the same each time. */
function misread(identifier: string): string {
  const last = identifier.at(-1) ?? ''
  const other = /\d/.test(last) ? String((Number(last) + 1) % 10) : last === 'X' ? 'Y' : 'X'
  return identifier.slice(0, -1) + other
}

function withWrongOrganisation(request: SigningRequest): SigningRequest {
  const organizationIdentifier = misread(request.organizationIdentifier)
  const names = request.subject
    .toJSON()
    .map((name) =>
      organizationIdentifierOid in name ? { [organizationIdentifierOid]: [organizationIdentifier] } : name,
    )
  return { ...request, organizationIdentifier, subject: new x509.Name(names) }
}

const mistakes: Readonly<Record<string, (request: SigningRequest) => SigningRequest>> = {
  'wrong-role': withWrongRole,
  'wrong-organisation': withWrongOrganisation,
}

/** @param profile of the order. */
export const asCertified = (request: SigningRequest, profile: string): SigningRequest =>
  mistakes[profile]?.(request) ?? request
