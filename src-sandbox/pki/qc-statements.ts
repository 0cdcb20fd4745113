/** Reads the QCStatements of a certificate (RFC 3739), where its PSD2 roles stand. */
import type { X509Certificate } from 'node:crypto'
import { childrenOf, type DerValue, derTags, oidText, readDer } from './der.ts'
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
  const statement = qcStatement(certificate, psd2StatementOid)
  const [roles] = statement ? childrenOf(statement) : []
  return (roles ? childrenOf(roles) : []).map((role) => childrenOf(role)[1]?.content.toString('utf8') ?? '')
}
