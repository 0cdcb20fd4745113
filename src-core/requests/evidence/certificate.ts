/** Evidence on the client certificate: whether it was sent, and whether it is what the call needs. */
import { X509Certificate } from 'node:crypto'
import { bankTime, bodyValue, type CallFacts, formOf, headerOf } from '../call-facts.ts'
import { neededRoles } from '../needed-roles.ts'
import type { SendingIdentity } from '../prepared.ts'
import { type Judgement, no, open, type Predicate, yes } from './judgement.ts'

const notKnown = open('Which certificate was used is not known here.')

/** Judges by the identity, where there is one. */
const ofIdentity =
  (judge: (identity: SendingIdentity, facts: CallFacts) => Judgement): Predicate =>
  (facts) =>
    facts.identity === undefined
      ? notKnown
      : facts.identity === null
        ? open('The call was made without an identity.')
        : judge(facts.identity, facts)

const needsCertificate = ({ bank, operation }: CallFacts): boolean =>
  bank.profile.hosts[operation.host]?.clientCertificate === 'QWAC'

/** The issuer of everything the local sandbox certifies. */
const sandboxIssuer = /\bO=Local sandbox QTSP\b/

/** null where the issuer is not known. */
export const issuedBySandbox = ({ issuer }: SendingIdentity): boolean | null =>
  issuer === undefined ? null : sandboxIssuer.test(issuer)

const hasWarning = ({ warnings }: SendingIdentity, id: string): boolean | null =>
  warnings === undefined ? null : warnings.some((each) => each.id === id)

/** The organisation as the call names it: the field of the registration, or `client_id` (RFC 6749 section 2.2). */
export function organisationSent(facts: CallFacts): { readonly name: string; readonly value: string } | null {
  const { bank, operation } = facts
  const { registration, access } = bank.profile
  if (registration?.operation === operation.id) {
    const name = Object.entries(registration.body).find(([, recipe]) => recipe === 'organisation-identifier')?.[0]
    const value = name === undefined ? undefined : (bodyValue(facts) as Record<string, unknown> | undefined)?.[name]
    return name !== undefined && typeof value === 'string' ? { name, value } : null
  }
  if (access === undefined || !('clientId' in access) || access.clientId !== 'organisation-identifier') return null
  const value = formOf(facts).get('client_id') ?? facts.values.client_id ?? null
  return value === null ? null : { name: 'client_id', value }
}

function noClientCertificate({ outcome, identity, operation, bank }: CallFacts): Judgement {
  const sent = outcome?.tls?.clientCertificate
  if (sent != null) return no(`The certificate ${sent.subject} was sent (SHA-256 ${sent.sha256.slice(0, 16)}…).`)
  const asked = outcome?.tls?.clientCertificateAsked
  if (outcome?.tls != null)
    return yes(`No client certificate was sent${asked === true ? ', although the server asked for one' : ''}.`)
  if (identity === undefined) return notKnown
  if (identity !== null && bank.profile.hosts[operation.host]?.clientCertificate === 'QWAC')
    return open(`${identity.name} was to be sent; whether it was cannot be seen.`)
  return yes('The call was made without an identity, so no client certificate was sent.')
}

function headerUnreadable(facts: CallFacts): Judgement {
  const { signing } = facts.bank.profile
  if (signing.scheme !== 'http-signature') return open('This bank takes no certificate in a header.')
  const { header, form } = signing.certificate
  const value = headerOf(facts.headers, header)
  if (value === null) return no(`There was no ${header} to read.`)
  return certificateIn(value, form) === null
    ? yes(
        `${header} does not decode to a certificate (expected ${form === 'base64-der' ? 'base64 of DER' : 'base64 of PEM'}).`,
      )
    : no(`${header} decodes to a certificate.`)
}

/** The certificate a header carries; null where it carries none in this form. */
export function certificateIn(value: string, form: 'base64-der' | 'base64-pem'): X509Certificate | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return null
  const bytes = Buffer.from(value, 'base64')
  if (bytes.toString('latin1').startsWith('-----BEGIN') !== (form === 'base64-pem')) return null
  try {
    return new X509Certificate(bytes)
  } catch {
    return null
  }
}

export const certificateEvidence = {
  'no-client-certificate': noClientCertificate,
  'certificate-expired': ofIdentity(({ name, notAfter }, facts) =>
    Date.parse(notAfter) <= bankTime(facts)
      ? yes(`The certificate of ${name} expired on ${notAfter}.`)
      : no(`The certificate of ${name} is valid until ${notAfter}.`),
  ),
  'certificate-not-yet-valid': ofIdentity(({ name, notBefore }, facts) =>
    Date.parse(notBefore) > bankTime(facts)
      ? yes(`The certificate of ${name} is valid from ${notBefore} only.`)
      : no(`The certificate of ${name} is valid since ${notBefore}.`),
  ),
  'certificate-wrong-kind': ofIdentity(({ name, kind, roles }, facts) => {
    if (kind === 'none') return yes(`${name} is neither QWAC nor QSEAL: its certificate names no qualified type.`)
    if (needsCertificate(facts) && kind !== 'QWAC') return yes(`${name} is a ${kind}; the connection needs a QWAC.`)
    return roles.length === 0
      ? yes(`${name} is a ${kind} without a PSD2 statement: it names no role of a TPP.`)
      : no(`${name} is a ${kind} with a PSD2 statement.`)
  }),
  'certificate-role-absent': ofIdentity(({ name, roles }, { bank, operation }) => {
    const needed = neededRoles(bank, operation)
    if (needed.length === 0) return open('The bank’s data names no role for this operation.')
    const has = roles.length === 0 ? 'no role' : roles.join(', ')
    return needed.some((role) => roles.includes(role))
      ? no(`${name} has the role ${needed.join(' or ')}.`)
      : yes(`${name} has ${has}; the operation needs ${needed.join(' or ')}.`)
  }),
  'certificate-chain-incomplete': ofIdentity((identity) => {
    const incomplete = hasWarning(identity, 'chain-incomplete')
    if (incomplete === null) return open('Which certificates are sent with it is not known here.')
    return incomplete
      ? yes(`No issuing certificate is kept with ${identity.name}, so none is sent.`)
      : no(`The issuing certificate is kept with ${identity.name} and sent.`)
  }),
  'certificate-other-issuer': ofIdentity((identity, { environment }) => {
    if (hasWarning(identity, 'self-signed') === true) return yes(`The certificate of ${identity.name} is self-signed.`)
    const fromSandbox = issuedBySandbox(identity)
    if (fromSandbox === null) return open('Who issued the certificate is not known here.')
    if (fromSandbox === (environment.kind === 'local-sandbox'))
      return fromSandbox
        ? no(`The certificate of ${identity.name} is from the sandbox’s own QTSP.`)
        : open(`The certificate was issued by ${identity.issuer}; whether the bank trusts it only the bank knows.`)
    return yes(
      fromSandbox
        ? `The certificate of ${identity.name} is from the local sandbox’s QTSP, which no bank trusts.`
        : `The certificate of ${identity.name} was issued by ${identity.issuer}; the sandbox trusts its own QTSP only.`,
    )
  }),
  'certificate-other-organisation': ofIdentity(({ name, organizationIdentifier }, facts) => {
    const sent = organisationSent(facts)
    if (sent === null) return open('The call names no organisation.')
    return sent.value === organizationIdentifier
      ? no(`${sent.name} is ${sent.value}, as in the certificate.`)
      : yes(
          `${sent.name} is ${sent.value}; the certificate of ${name} has ${organizationIdentifier ?? 'no organizationIdentifier'}.`,
        )
  }),
  'certificate-header-absent'({ bank, headers }: CallFacts) {
    const { signing } = bank.profile
    if (signing.scheme !== 'http-signature') return open('This bank takes no certificate in a header.')
    const { header } = signing.certificate
    return headerOf(headers, header) === null ? yes(`The request had no ${header}.`) : no(`The request had ${header}.`)
  },
  'certificate-header-unreadable': headerUnreadable,
} satisfies Record<string, Predicate>
