/** Whether a certificate is for connections (QWAC) or for seals (QSEAL), by what its issuer wrote into it. */
import type { X509Certificate } from 'node:crypto'
import { childrenOf, oidText } from '#sandbox/pki/der.ts'
import { qcStatement } from '#sandbox/pki/qc-statements.ts'
import * as x509 from '#sandbox/pki/x509.ts'

export type CertificateKind = 'QWAC' | 'QSEAL' | 'none'

/** ETSI EN 319 412-5 section 4.2.3: QcType and its values. */
const qcTypeOid = '0.4.0.1862.1.6'
const kindsByType: Readonly<Record<string, CertificateKind>> = {
  '0.4.0.1862.1.6.2': 'QSEAL',
  '0.4.0.1862.1.6.3': 'QWAC',
}
/** ETSI EN 319 411-2: certificate policies QCP-l, QCP-l-qscd and QCP-w. */
const kindsByPolicy: Readonly<Record<string, CertificateKind>> = {
  '0.4.0.194112.1.1': 'QSEAL',
  '0.4.0.194112.1.3': 'QSEAL',
  '0.4.0.194112.1.4': 'QWAC',
}

function typeKind(certificate: X509Certificate): CertificateKind | undefined {
  const types = qcStatement(certificate, qcTypeOid)
  return (types ? childrenOf(types) : []).map(({ content }) => kindsByType[oidText(content)]).find(Boolean)
}

const policyKind = (certificate: X509Certificate): CertificateKind | undefined =>
  new x509.X509Certificate(certificate.raw)
    .getExtension(x509.CertificatePolicyExtension)
    ?.policies.map((policy) => kindsByPolicy[policy])
    .find(Boolean)

export const kindOf = (certificate: X509Certificate): CertificateKind =>
  typeKind(certificate) ?? policyKind(certificate) ?? 'none'
