/** Judges the certificate of the connection: trusted, in time, of a payment service provider and with the role the call needs. */

import type { BankSurroundings } from '#sandbox/bank/simulated-bank.ts'
import { judgeCertificate } from '#sandbox/pki/certificate-verdict.ts'
import type { PresentedCertificate } from '#sandbox/pki/presented-certificate.ts'
import { psd2RolesOf } from '#sandbox/pki/qc-statements.ts'
import { bankNow } from '#sandbox/state/bank-clock.ts'
import type { Area } from './bog-surroundings.ts'

export interface Obstacle {
  /** Row of the error table without bank and area. */
  readonly row: string
  readonly reason: string
}

export const certificateRows = {
  missing: '401-certificate-missing',
  expired: '401-certificate-expired',
  'issuer-unknown': '401-certificate-invalid',
  'chain-incomplete': '401-certificate-invalid',
  revoked: '401-certificate-revoke',
  blocked: '401-certificate-blocked',
} as const

const roleOf: Readonly<Record<Area, string>> = { pis: 'PSP_PI', ais: 'PSP_AI' }

export function rolesOf(certificate: PresentedCertificate): readonly string[] {
  const known = roles.get(certificate.leaf)
  if (known) return known
  const read = psd2RolesOf(certificate.leaf)
  roles.set(certificate.leaf, read)
  return read
}
const roles = new WeakMap<PresentedCertificate['leaf'], readonly string[]>()

/** Null where the certificate is a good one, whatever its roles. */
export function connectionObstacle(
  { trust }: Pick<BankSurroundings, 'trust'>,
  certificate: PresentedCertificate | null,
): Obstacle | null {
  // The machine's clock: the TLS connection is made now, wherever the tenant's clock stands.
  const now = bankNow()
  const { verdict, reason } = judgeCertificate(certificate, trust, now)
  if (verdict === 'good') return null
  // Too early is not too late: a new order would not help.
  const early = certificate && now < certificate.leaf.validFromDate.getTime()
  return { row: early ? certificateRows['issuer-unknown'] : certificateRows[verdict], reason }
}

export function roleObstacle(certificate: PresentedCertificate, area: Area): Obstacle | null {
  const held = rolesOf(certificate)
  if (held.length === 0) return { row: '401-certificate-invalid', reason: 'the certificate has no PSD2 statement' }
  if (held.includes(roleOf[area])) return null
  return { row: '401-role-invalid', reason: `the certificate has ${held.join(', ')}; this needs ${roleOf[area]}` }
}
