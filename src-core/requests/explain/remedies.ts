/** What does away with a cause, by the evidence that proves it; for causes that leave no trace, by what the error is about. */
import type { JudgedCause } from '#shared/contract/exchange.ts'
import type { ErrorTopic, EvidenceName } from '#shared/error-words.ts'
import type { Remedy } from '#shared/remedy.ts'
import { type CallFacts, headerOf } from '../call-facts.ts'
import { brokenRules } from '../call-rules.ts'
import { authorisedSince, consentOf } from '../evidence/consent.ts'
import { missing } from '../evidence/request.ts'
import { signatureHeader } from '../evidence/signature.ts'
import { remedy, renewalRemedies, tokenRemedies } from '../preflight/rule.ts'

type Mend = (facts: CallFacts) => Remedy[]

const none: Mend = () => []
const otherCertificate: Mend = (facts) => [remedy.chooseIdentity(facts), remedy.orderCertificate()]
const anew: Mend = (facts) => (facts.scope === null ? [] : tokenRemedies(facts, facts.scope))
const aboutConsent: Mend = (facts) => {
  const record = consentOf(facts) ?? facts.around.resources[0]
  if (record === undefined) return anew(facts)
  const open = remedy.openConsent(record.id)
  return authorisedSince(record, facts) ? [remedy.readStatus(record.id), open] : [open]
}

/** A header somebody set; what the workbench made itself is not taken out. */
const without =
  (...names: string[]): Mend =>
  (facts) => {
    const made = facts.outcome?.signature
    const byHand = (name: string) => made == null || made.byHand.includes(name.toLowerCase())
    return names
      .filter((name) => headerOf(facts.headers, name) !== null && byHand(name))
      .map((name) => remedy.removeHeader(facts, name))
  }

const parameters: Mend = (facts) =>
  brokenRules(facts)
    .filter(({ place }) => place.kind === 'parameter' && place.name !== null)
    .map(({ place, instead }) => remedy.setParameter(facts, place.name!, instead))

const absent =
  (place: 'header' | 'other'): Mend =>
  (facts) =>
    missing(facts, place).map((name) => remedy.setParameter(facts, name, null))

const ownSignature: Mend = (facts) => {
  const name = signatureHeader(facts)
  return name === null ? [] : without(name, 'Digest', 'Date')(facts)
}

const sign: Mend = (facts) => (facts.identity === null ? [remedy.chooseIdentity(facts)] : [])

const byEvidence: Partial<Record<EvidenceName, Mend>> = {
  'no-client-certificate': (facts) => [remedy.chooseIdentity(facts)],
  'certificate-expired': (facts) => [remedy.orderCertificate(), remedy.chooseIdentity(facts)],
  'certificate-not-yet-valid': (facts) => [remedy.chooseIdentity(facts)],
  'certificate-wrong-kind': otherCertificate,
  'certificate-role-absent': otherCertificate,
  'certificate-other-issuer': otherCertificate,
  'certificate-chain-incomplete': otherCertificate,
  'certificate-other-organisation': (facts) => [remedy.chooseIdentity(facts)],
  'no-token': renewalRemedies,
  'authorization-malformed': without('Authorization'),
  'token-expired': renewalRemedies,
  'token-other-scope': anew,
  'token-other-id': anew,
  'token-other-certificate': (facts) => [...anew(facts), remedy.chooseIdentity(facts)],
  'refresh-token-spent': anew,
  'grant-too-old': anew,
  'consent-not-valid': aboutConsent,
  'consent-expired': aboutConsent,
  'consent-replaced': aboutConsent,
  'created-by-another': (facts) => [remedy.chooseIdentity(facts)],
  'status-final': aboutConsent,
  'status-cancelled': aboutConsent,
  'status-carried-out': aboutConsent,
  'authorisation-final': aboutConsent,
  'step-skipped': aboutConsent,
  'customer-absent': (facts) => {
    const header = facts.bank.profile.unattended?.presentHeader
    return header === undefined ? [] : [remedy.setParameter(facts, header, null)]
  },
  'quota-used-up': (facts) => {
    const header = facts.bank.profile.unattended?.presentHeader
    return header === undefined ? [] : [remedy.setParameter(facts, header, null)]
  },
  'signature-absent': sign,
  'signature-malformed': ownSignature,
  'signature-not-verifying': ownSignature,
  'digest-differs': without('Digest'),
  'key-id-differs': ownSignature,
  'date-off': without('Date'),
  'request-id-absent': without('X-Request-ID'),
  'required-header-absent': absent('header'),
  'required-parameter-absent': absent('other'),
  'accept-not-json': without('Accept'),
  'callback-not-registered': (facts) => [remedy.register(facts)],
  'period-too-long': parameters,
  'page-size-too-large': parameters,
}

const byTopic: Partial<Record<ErrorTopic, Mend>> = {
  'certificate-missing': (facts) => [remedy.chooseIdentity(facts)],
  'certificate-invalid': otherCertificate,
  'certificate-expired': otherCertificate,
  'certificate-revoked': otherCertificate,
  'certificate-blocked': otherCertificate,
  'certificate-chain': otherCertificate,
  'certificate-mismatch': otherCertificate,
  'role-missing': otherCertificate,
  'client-unknown': (facts) =>
    facts.bank.profile.registration === undefined || facts.bank.profile.registration.operation === facts.operation.id
      ? []
      : [remedy.register(facts)],
  'token-missing': renewalRemedies,
  'token-invalid': renewalRemedies,
  'token-expired': renewalRemedies,
  'consent-invalid': aboutConsent,
  'consent-expired': aboutConsent,
  'consent-unknown': aboutConsent,
  'sca-required': anew,
}

/** Of one piece of evidence. */
export const remediesFor = (name: EvidenceName, facts: CallFacts): Remedy[] => (byEvidence[name] ?? none)(facts)

/** Each once, best first: of what is proven, else by the topic. */
export function remediesOf(causes: readonly JudgedCause[], topic: ErrorTopic | undefined, facts: CallFacts): Remedy[] {
  const proven = causes
    .flatMap(({ proofs }) => proofs)
    .filter(({ holds }) => holds === true)
    .flatMap(({ evidence }) => remediesFor(evidence as EvidenceName, facts))
  const found = proven.length > 0 || topic === undefined ? proven : (byTopic[topic] ?? none)(facts)
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()].slice(0, 4)
}
