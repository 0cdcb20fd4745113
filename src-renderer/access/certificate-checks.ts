/** Checks a certificate against what the bank asks of it, before the bank does. */
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import type { Finding } from '#shared/contract/exchange.ts'
import type { IdentityView } from '#shared/contract/keys.ts'
import { localDate } from '../ui/local-time.ts'

export interface CertificateCheck {
  readonly id: string
  readonly state: 'good' | 'caution' | 'bad'
  readonly sentence: string
}

type Environment = BankView['environments'][number]

/** Said by the checks below in the bank's words. */
const covered = /^(expired|not-yet-valid|organization-identifier-missing)$/

function kindCheck(bank: BankDetail, { kind }: IdentityView): CertificateCheck[] {
  const asked = bank.hosts.find((host) => host.clientCertificate !== 'none')?.clientCertificate
  if (asked === undefined) return []
  const is = kind === 'none' ? 'no PSD2 certificate' : `a ${kind}`
  return [
    {
      id: 'kind',
      state: kind === asked ? 'good' : 'bad',
      sentence:
        kind === asked ? `It is a ${kind}, as ${bank.name} asks.` : `It is ${is}; ${bank.name} asks for a ${asked}.`,
    },
  ]
}

function dateCheck({ notBefore, notAfter }: IdentityView, now: number): CertificateCheck {
  if (Date.parse(notAfter) <= now)
    return { id: 'dates', state: 'bad', sentence: `It expired on ${localDate(notAfter)}.` }
  if (Date.parse(notBefore) > now)
    return { id: 'dates', state: 'bad', sentence: `It is valid from ${localDate(notBefore)} on.` }
  return { id: 'dates', state: 'good', sentence: `It is valid until ${localDate(notAfter)}.` }
}

function organisationCheck({ organizationIdentifier }: IdentityView): CertificateCheck {
  return organizationIdentifier === null
    ? { id: 'organisation', state: 'bad', sentence: 'It names no organizationIdentifier, which the bank registers.' }
    : { id: 'organisation', state: 'good', sentence: `Its organizationIdentifier is ${organizationIdentifier}.` }
}

function roleCheck(bank: BankDetail, { roles }: IdentityView): CertificateCheck[] {
  const closed = bank.scopes.filter(({ roles: needed }) => !needed.every((role) => roles.some((have) => have === role)))
  if (bank.scopes.length === 0) return []
  if (closed.length === 0)
    return [{ id: 'roles', state: 'good', sentence: `Its roles ${roles.join(', ')} cover every scope of the bank.` }]
  return [
    {
      id: 'roles',
      state: 'caution',
      sentence: `Its roles (${roles.join(', ') || 'none'}) do not cover ${closed.map(({ scope }) => scope).join(', ')}.`,
    },
  ]
}

/** Said by this file's own checks, of dates and kind, in the bank's words. */
const said = /^certificate-(missing|expired|not-yet-valid|kind)$/

/** What the preflight of the call says of the certificate: role, chain, organisation, key, another environment's. */
export const toldChecks = (findings: readonly Finding[]): readonly CertificateCheck[] =>
  findings
    .filter(({ id, place }) => place?.kind === 'identity' && !said.test(id))
    .map(({ id, severity, message, remedy }) => ({
      id: `told ${id}`,
      state: severity === 'error' ? 'bad' : 'caution',
      sentence: remedy === undefined ? message : `${message} ${remedy}`,
    }))

/** The local sandbox trusts its own QTSP; whom a real bank trusts cannot be known from here. */
function issuerCheck({ kind }: Environment, { issuer }: IdentityView): CertificateCheck[] {
  if (kind === 'local-sandbox') return []
  const sentence = `Its issuer must be a QTSP of the EU trusted list, which the workbench does not check: ${issuer}.`
  return [{ id: 'issuer', state: 'caution', sentence }]
}

export function certificateChecks(
  bank: BankDetail,
  environment: Environment,
  identity: IdentityView,
  now: number,
): readonly CertificateCheck[] {
  return [
    ...kindCheck(bank, identity),
    dateCheck(identity, now),
    organisationCheck(identity),
    ...roleCheck(bank, identity),
    ...issuerCheck(environment, identity),
    ...identity.warnings
      .filter(({ id }) => !covered.test(id))
      .map(({ id, message }) => ({ id, state: 'caution' as const, sentence: message })),
  ]
}
