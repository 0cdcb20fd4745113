/** What may be wrong with an identity although it can be used: one table of ids and sentences. */
import type { z } from 'zod'
import type { warningSchema } from '#shared/contract/keys.ts'

export type Warning = z.infer<typeof warningSchema>

const sentences = {
  expired: 'The certificate has expired: banks refuse it. Order or import a new one.',
  'not-yet-valid': 'The certificate is not valid yet: banks refuse it until then.',
  'expires-in-1-day': 'The certificate expires within a day.',
  'expires-in-7-days': 'The certificate expires within 7 days.',
  'expires-in-30-days': 'The certificate expires within 30 days.',
  'no-qc-statements': 'The certificate has no QCStatements: it is not a PSD2 certificate (ETSI TS 119 495).',
  'qc-statements-unreadable':
    'The QCStatements of the certificate are damaged: kind, roles and authority cannot be read.',
  'qc-compliance-unusual': 'The QcCompliance statement carries a value and should have none (ETSI EN 319 412-5).',
  'qc-type-missing': 'The QCStatements do not say whether this is a website (QWAC) or a seal (QSEAL) certificate.',
  'psd2-statement-missing': 'The QCStatements have no PSD2 statement: no roles and no authority (ETSI TS 119 495 5.1).',
  'authority-missing': 'The PSD2 statement does not name the authority by both name and id.',
  'roles-flat': 'The roles are written as one flat list and should be pairs (ETSI TS 119 495 5.1).',
  'roles-missing': 'The PSD2 statement names no role the standard knows.',
  'role-unknown': 'The PSD2 statement names roles the standard does not know',
  'role-names': 'Roles are named by text the standard does not have, or without their OID',
  'organization-identifier-missing': 'The subject has no organizationIdentifier.',
  'organization-identifier-unusual': 'The organizationIdentifier does not have the form PSDxx-AUTHORITY-number',
  'weak-signature': 'The certificate is signed with SHA-1 or MD5: servers refuse it.',
  'client-auth-missing': 'The certificate does not name client authentication among its purposes: banks may refuse it.',
  'self-signed': 'The certificate is self-signed: no bank trusts its issuer.',
  'chain-incomplete':
    'The issuing certificate is missing: a bank that does not hold it cannot check this one. Import it again with its chain.',
  'already-imported': 'This certificate was imported before',
  'certificates-left-out': 'Certificates that do not belong to the chain were left out',
} as const

export type WarningId = keyof typeof sentences

/** Longest quoted list, in characters: certificates are written by others. */
const longest = 200

/** @param quoted what the sentence is about, as found; it follows after a colon. */
export function warning(id: WarningId, quoted: readonly string[] = []): Warning {
  const sentence = sentences[id]
  if (quoted.length === 0) return { id, message: sentence.endsWith('.') ? sentence : `${sentence}.` }
  const list = quoted.map((text) => `"${text}"`).join(', ')
  return { id, message: `${sentence}: ${list.length > longest ? `${list.slice(0, longest)}…` : list}.` }
}
