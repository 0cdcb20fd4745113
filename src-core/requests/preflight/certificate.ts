/** Preflight of the certificate: there, in time, of the right kind, role and organisation, with its chain. */
import type { Finding } from '#shared/contract/exchange.ts'
import type { CallFacts } from '../call-facts.ts'
import { issuedBySandbox } from '../evidence/certificate.ts'
import { neededRoles } from '../needed-roles.ts'
import type { SendingIdentity } from '../prepared.ts'
import { type Rule, remedy, whenProven } from './rule.ts'

const day = 86_400_000
const hour = 3_600_000

const place = (identity: SendingIdentity | null | undefined): Finding['place'] => ({
  kind: 'identity',
  name: identity?.id ?? null,
})

const wantsCertificate = ({ bank, operation }: CallFacts): boolean =>
  bank.profile.hosts[operation.host]?.clientCertificate === 'QWAC'

/** A certificate of another kind of place is replaced by another identity, or by a new certificate. */
const replace = (facts: CallFacts) => [remedy.chooseIdentity(facts), remedy.orderCertificate()]

const missing: Rule = (facts) =>
  facts.identity !== null || !wantsCertificate(facts)
    ? null
    : {
        id: 'certificate-missing',
        severity: 'error',
        message: 'The bank asks for a client certificate here and none will be sent.',
        remedy: 'Choose an identity.',
        place: place(null),
        remedies: [remedy.chooseIdentity(facts)],
      }

function timeLeft(left: number): string {
  if (left < day) return `${Math.max(1, Math.ceil(left / hour))} h`
  const days = Math.ceil(left / day)
  return `${days} ${days === 1 ? 'day' : 'days'}`
}

const dates: Rule = (facts) => {
  const { identity, at } = facts
  if (identity == null) return null
  const left = Date.parse(identity.notAfter) - at
  if (left <= 0)
    return {
      id: 'certificate-expired',
      severity: 'error',
      message: `The certificate of ${identity.name} expired on ${identity.notAfter}.`,
      remedy: 'Order or import a new certificate and register it with the bank.',
      place: place(identity),
      remedies: [remedy.orderCertificate(), remedy.chooseIdentity(facts)],
    }
  if (Date.parse(identity.notBefore) > at)
    return {
      id: 'certificate-not-yet-valid',
      severity: 'error',
      message: `The certificate of ${identity.name} is valid from ${identity.notBefore} only.`,
      remedy: 'Wait, or check the clock of this machine.',
      place: place(identity),
      remedies: [remedy.chooseIdentity(facts)],
    }
  if (left > 30 * day) return null
  return {
    id: 'certificate-expiring',
    severity: left > 7 * day ? 'note' : 'warning',
    message: `The certificate of ${identity.name} ends in ${timeLeft(left)}.`,
    remedy: left > day ? 'Renew it at the QTSP in time.' : 'Renew it at the QTSP today.',
    place: place(identity),
    remedies: [remedy.orderCertificate()],
  }
}

const kind: Rule = (facts) => {
  const { identity } = facts
  if (identity == null || !wantsCertificate(facts)) return null
  if (identity.kind === 'QWAC') return withoutStatement(identity, facts)
  return {
    id: 'certificate-kind',
    severity: 'warning',
    message: `${identity.name} is ${identity.kind === 'QSEAL' ? 'a QSEAL' : 'neither QWAC nor QSEAL'}; the bank expects a QWAC on the connection.`,
    remedy: 'Choose an identity with a QWAC.',
    place: place(identity),
    remedies: replace(facts),
  }
}

/** Where the operation needs a role, certificate-role says it. */
const withoutStatement = (identity: SendingIdentity, facts: CallFacts): Finding | null =>
  identity.roles.length > 0 || neededRoles(facts.bank, facts.operation).length > 0
    ? null
    : {
        id: 'certificate-kind',
        severity: 'warning',
        message: `${identity.name} is a QWAC without a PSD2 statement: it names no role. The bank expects one of a TPP.`,
        remedy: 'Choose an identity whose certificate has the PSD2 statement, or order one with it.',
        place: place(identity),
        remedies: replace(facts),
      }

const role = whenProven('certificate-role-absent', (facts) => ({
  id: 'certificate-role',
  // An identity without any role is no PSD2 certificate, of which certificate-kind has spoken, or its roles are not readable.
  severity: facts.identity?.roles.length === 0 ? 'warning' : 'error',
  remedy: 'Choose an identity whose certificate has the role, or order one with it.',
  place: place(facts.identity),
  remedies: replace(facts),
}))

const chain = whenProven('certificate-chain-incomplete', ({ identity }) => ({
  id: 'certificate-chain',
  severity: 'warning',
  remedy: 'Import the certificate again together with its issuing certificate.',
  place: place(identity),
}))

const organisation = whenProven('certificate-other-organisation', ({ identity }) => ({
  id: 'organisation-differs',
  severity: 'error',
  remedy: 'Send the organizationIdentifier of the certificate, or choose the identity of that organisation.',
  place: place(identity),
}))

/** The bank sees one key in the certificate and another in the signature, or the signature cannot be made at all. */
const key: Rule = (facts) => {
  const { identity, bank, operation } = facts
  const { signing } = bank.profile
  if (identity?.key === undefined || signing.scheme === 'none' || !bank.signs(operation)) return null
  const type = identity.key.type
  const fits = signing.algorithms.some((name) => /^(rsa|[RP]S)/.test(name) === (type === 'RSA'))
  if (fits) return null
  return {
    id: 'key-unsuitable',
    severity: 'error',
    message: `The key of ${identity.name} is ${type}; the bank takes signatures by ${signing.algorithms.join(', ')}.`,
    remedy: 'Choose an identity with a fitting key.',
    place: place(identity),
    remedies: replace(facts),
  }
}

/** What belongs to other places goes to this real bank for the first time, or by mistake. */
const elsewhere: Rule = (facts) => {
  const { identity, bank, environment, operation } = facts
  const { places } = facts.around
  if (identity == null || environment.kind !== 'production' || places == null) return null
  if (places.here || places.elsewhere.length === 0) return null
  const names = places.elsewhere.slice(0, 3).map((each) => `${each.bank} (${each.environment})`)
  const more = places.elsewhere.length > names.length ? ` and ${places.elsewhere.length - names.length} more` : ''
  // Registering is how an identity comes to belong to a place, and one certificate may serve several real banks.
  const mayBe =
    bank.profile.registration?.operation === operation.id || places.elsewhere.some(({ production }) => production)
  return {
    id: 'host-not-bound',
    severity: mayBe ? 'warning' : 'error',
    message: `${identity.name} belongs to ${names.join(', ')}${more}; nothing binds it to ${environment.name} of ${bank.name}, where this goes to the real bank.`,
    remedy:
      'Choose the identity of this environment, register this one with the bank, or set the environment up for it.',
    place: { kind: 'environment', name: environment.id },
    remedies: [remedy.chooseIdentity(facts), remedy.fillIn(facts, 'identity')],
  }
}

/** An environment has its own identity; what is sent with another one is refused by a bank that knows only that. */
const binding: Rule = (facts) => {
  const { identity, bank, environment } = facts
  const bound = bank.override?.identity
  if (identity == null || bound === undefined || [identity.id, identity.name].includes(bound)) return null
  if (elsewhere(facts) !== null) return null
  return {
    id: 'host-not-bound',
    severity: 'warning',
    message: `${environment.name} of ${bank.name} is set up for another identity than ${identity.name}.`,
    remedy: 'Leave the choice to the environment, or change its identity.',
    place: { kind: 'environment', name: environment.id },
    remedies: [remedy.chooseIdentity(facts), remedy.fillIn(facts, 'identity')],
  }
}

const sandboxIdentity: Rule = (facts) => {
  const { identity, environment } = facts
  if (identity == null || environment.kind === 'local-sandbox' || issuedBySandbox(identity) !== true) return null
  const production = environment.kind === 'production'
  return {
    id: 'sandbox-identity',
    severity: production ? 'error' : 'warning',
    message: `${identity.name} is a test certificate of the local sandbox; ${production ? 'this goes to the real bank, which' : 'the bank'} does not trust it.`,
    remedy: 'Choose an identity with a certificate of a qualified trust service provider.',
    place: place(identity),
    remedies: [remedy.chooseIdentity(facts)],
  }
}

export const certificateRules: readonly Rule[] = [
  missing,
  dates,
  kind,
  role,
  chain,
  organisation,
  key,
  elsewhere,
  binding,
  sandboxIdentity,
]
