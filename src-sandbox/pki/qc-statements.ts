/** Reads the QCStatements of a certificate (RFC 3739), where its PSD2 roles stand. */
import type { X509Certificate } from 'node:crypto'
import { childrenOf, type DerValue, derTags, oidText, readDer, writeDer } from './der.ts'
import * as x509 from './x509.ts'

const qcStatementsOid = '1.3.6.1.5.5.7.1.3'
/** ETSI TS 119 495 section 5.1. */
const psd2StatementOid = '0.4.0.19495.2'

/** What stands behind the statement of this number; null where the certificate does not have it. */
export function qcStatement(certificate: X509Certificate, oid: string): DerValue | null {
  const extension = new x509.X509Certificate(certificate.raw).getExtension(qcStatementsOid)
  const [list] = extension ? (readDer(Buffer.from(extension.value)) ?? []) : []
  for (const statement of list ? childrenOf(list) : []) {
    const [id, information] = childrenOf(statement)
    if (id?.tag === derTags.oid && oidText(id.content) === oid) return information ?? null
  }
  return null
}

/** Names of the PSD2 roles, such as PSP_PI; empty where there are none. */
export function psd2RolesOf(certificate: X509Certificate): string[] {
  const extension = new x509.X509Certificate(certificate.raw).getExtension(qcStatementsOid)
  return extension ? rolesIn(Buffer.from(extension.value)) : []
}

export const psd2Roles = ['PSP_AS', 'PSP_PI', 'PSP_AI', 'PSP_IC'] as const
export type Psd2Role = (typeof psd2Roles)[number]

/** ETSI TS 119 495 section 5.2.2: 0.4.0.19495.1.1 to .4 in the order of `psd2Roles`. */
const roleOid = (role: Psd2Role): Buffer =>
  writeDer(derTags.oid, Buffer.from([0x04, 0x00, 0x81, 0x98, 0x27, 0x01, psd2Roles.indexOf(role) + 1]))

const copied = ({ tag, content }: DerValue): Buffer => writeDer(tag, content)

function psd2Information(information: DerValue, roles: readonly Psd2Role[]): Buffer {
  const [, ...others] = childrenOf(information)
  const named = roles.map((role) =>
    writeDer(derTags.sequence, roleOid(role), writeDer(derTags.utf8, Buffer.from(role))),
  )
  return writeDer(derTags.sequence, writeDer(derTags.sequence, ...named), ...others.map(copied))
}

/** The same statements with other roles. @param statements value of the extension, DER. */
export function withRoles(statements: Buffer, roles: readonly Psd2Role[]): Buffer {
  const [list] = readDer(statements) ?? []
  const changed = (list ? childrenOf(list) : []).map((statement) => {
    const [id, information] = childrenOf(statement)
    const isPsd2 = id?.tag === derTags.oid && oidText(id.content) === psd2StatementOid
    return id && information && isPsd2
      ? writeDer(derTags.sequence, copied(id), psd2Information(information, roles))
      : copied(statement)
  })
  return writeDer(derTags.sequence, ...changed)
}

/** Roles in the value of a QCStatements extension. */
export function rolesIn(statements: Buffer): string[] {
  const [list] = readDer(statements) ?? []
  for (const statement of list ? childrenOf(list) : []) {
    const [id, information] = childrenOf(statement)
    if (!information || id?.tag !== derTags.oid || oidText(id.content) !== psd2StatementOid) continue
    const [roles] = childrenOf(information)
    return (roles ? childrenOf(roles) : []).map((role) => childrenOf(role)[1]?.content.toString('utf8') ?? '')
  }
  return []
}
