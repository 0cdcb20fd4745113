/** Evidence on what the call is about: the last known status of a consent or payment, and who created it. */
import { bankTime, bodyValue, type CallFacts, givenValue, headerOf } from '../call-facts.ts'
import type { RememberedResource } from '../call-knowledge.ts'
import { type Judgement, no, open, type Predicate, yes } from './judgement.ts'

const unknown = open('Nothing is remembered here of what the call is about.')

const kindOf = ({ bank }: CallFacts, record: RememberedResource) =>
  bank.profile.resources?.find(({ kind }) => kind === record.kind)

const same = (a: string, b: string | null): boolean => a.toLowerCase() === b?.toLowerCase()

/** The remembered consent of the call, else of its grant. */
export const consentOf = ({ around }: CallFacts): RememberedResource | null =>
  around.resources.find(({ kind }) => kind === 'consent') ?? null

const ofConsent =
  (judge: (consent: RememberedResource, facts: CallFacts) => Judgement): Predicate =>
  (facts) => {
    const consent = consentOf(facts)
    return consent === null ? unknown : judge(consent, facts)
  }

const named = ({ kind, resource }: RememberedResource): string => `The ${kind.replace('-', ' ')} ${resource}`

/** Whether the customer was at the bank about it after its status was last seen: what is not final may have changed by then. */
export function authorisedSince(record: RememberedResource, facts: CallFacts): boolean {
  const { grant } = facts
  const came = record.customerReturnedAt ?? null
  const issued = grant?.consent === record.id ? (grant.obtainedAt ?? null) : null
  const since = [came, issued].some((at) => at !== null && Date.parse(at) > Date.parse(record.seenAt))
  return since && finalIn(facts, kindOf(facts, record)?.vocabulary, record.status) !== true
}

/** What is said of a status that is older than the customer's authorisation. */
export const unreadSince = (record: RememberedResource): string =>
  `${named(record)} was ${record.status} when its status was last seen (${record.seenAt}), before the customer authorised it; read it.`

/** Milliseconds for which a status that was seen is taken to hold. */
const fresh = 300_000

function consentNotValid(consent: RememberedResource, facts: CallFacts): Judgement {
  const active = kindOf(facts, consent)?.active
  if (consent.status === null || active === undefined)
    return open(`${named(consent)} has no status that is known here.`)
  const seen = `${named(consent)} was ${consent.status} when it was last seen (${consent.seenAt})`
  if (authorisedSince(consent, facts)) return open(unreadSince(consent))
  if (!same(active, consent.status)) return yes(`${seen}, not ${active}.`)
  // What was seen long ago says little of now, and now is what the bank takes it for.
  return bankTime(facts) - Date.parse(consent.seenAt) < fresh ? no(`${seen}.`) : open(`${seen}.`)
}

function consentExpired(consent: RememberedResource, facts: CallFacts): Judgement {
  if (consent.validUntil === null) return open(`${named(consent)} has no last day that is known here.`)
  const today = new Date(bankTime(facts)).toISOString().slice(0, 10)
  const last = consent.validUntil.slice(0, 10)
  return last < today ? yes(`${named(consent)} ended on ${last}.`) : no(`${named(consent)} lasts until ${last}.`)
}

/** Statuses after which nothing can change any more, by the bank's own list. */
function finalIn(facts: CallFacts, vocabulary: string | undefined, status: string | null): boolean | null {
  if (vocabulary === undefined || status === null) return null
  return facts.bank.profile.statuses[vocabulary]?.find(({ code }) => same(code, status))?.final ?? null
}

/** null where nothing is known of its status. */
function judgeFinal(what: string, status: string | null, seenAt: string, final: boolean | null): Judgement | null {
  const seen = `${what} was ${status} when it was last seen (${seenAt})`
  if (final === true) return yes(`${seen}, which is final.`)
  // It may have gone on since.
  return final === false ? open(`${seen}, which is not final.`) : null
}

function statusFinal(facts: CallFacts): Judgement {
  for (const record of facts.around.resources) {
    const final = finalIn(facts, kindOf(facts, record)?.vocabulary, record.status)
    const judged = judgeFinal(named(record), record.status, record.seenAt, final)
    if (judged !== null) return judged
  }
  return unknown
}

/** Of the authorisation the call names. */
function authorisationFinal(facts: CallFacts): Judgement {
  for (const record of facts.around.resources) {
    const calls = kindOf(facts, record)?.authorisations.find(({ parameter }) => givenValue(facts, parameter) !== null)
    const part = record.authorisations.find(({ id }) => id === givenValue(facts, calls?.parameter ?? ''))
    if (part === undefined) continue
    const final = finalIn(facts, calls?.vocabulary, part.status)
    const judged = judgeFinal(`The authorisation ${part.id}`, part.status, record.seenAt, final)
    if (judged !== null) return judged
  }
  return open('Nothing is remembered here of an authorisation the call names.')
}

/** Codes of ISO 20022 (ExternalPaymentTransactionStatus1Code). */
const atWork: ReadonlySet<string> = new Set(['ACSP', 'ACWP', 'ACSC', 'ACCC'])
const cancelled = 'CANC'

/** A status of payments that ends one question and leaves another: whether it was done, or taken back. */
const ofStatus =
  (fits: (record: RememberedResource, facts: CallFacts) => boolean, what: string): Predicate =>
  (facts) => {
    const record = facts.around.resources.find(({ status }) => status !== null)
    if (record === undefined) return unknown
    const seen = `${named(record)} was ${record.status} when it was last seen (${record.seenAt})`
    if (fits(record, facts)) return yes(`${seen}: ${what}.`)
    // What is not final may have come to that since.
    const final = finalIn(facts, kindOf(facts, record)?.vocabulary, record.status)
    return final === true ? no(`${seen}.`) : open(`${seen}.`)
  }

function createdByAnother(facts: CallFacts): Judgement {
  const { identity, grant, around } = facts
  for (const record of around.resources) {
    if (identity != null && record.identity !== null && record.identity !== identity.id)
      return yes(`${named(record)} was created with another identity than ${identity.name}.`)
    if (grant?.consent != null && record.kind === 'consent' && grant.consent !== record.id)
      return yes(`The token was given for another consent than ${record.resource}.`)
  }
  const [record] = around.resources
  return record === undefined || identity == null ? unknown : no(`${named(record)} was created with ${identity.name}.`)
}

function idNotSeen({ around, values, operation }: CallFacts): Judgement {
  const [known] = around.resources
  if (around.unknownIds.length > 0)
    return yes(`No creation remembered here gave the id ${around.unknownIds.map((id) => `"${id}"`).join(', ')}.`)
  const ids = operation.parameters
    .filter(({ in: place, schema }) => place === 'path' && !('enum' in schema))
    .map(({ name }) => values[name])
    .filter((value) => value !== undefined && value.length > 3)
  const answers = [...around.bodies.values()].map(({ response }) => response).filter((text) => text !== null)
  const other = ids.filter((id) => id !== known?.resource)
  if (other.length === 0 || answers.length === 0)
    return known === undefined
      ? open('No earlier answer is at hand that could have named the id.')
      : no(`${named(known)} was created here.`)
  const unseen = other.filter((id) => !answers.some((text) => text.includes(id!)))
  if (unseen.length === 0) return no('An earlier answer of the bank named the id.')
  return yes(`None of the last ${answers.length} answers kept here named the id "${unseen[0]}".`)
}

const hasConsentHeader = ({ operation }: CallFacts) =>
  operation.parameters.some((each) => each.in === 'header' && same(each.name, 'consent-id'))

export const consentEvidence = {
  'consent-not-valid': ofConsent(consentNotValid),
  'consent-expired': ofConsent(consentExpired),
  'consent-replaced': ofConsent((consent) =>
    consent.replacedBy === null
      ? no(`No newer recurring consent of this customer is remembered here.`)
      : yes(`${named(consent)} was replaced by a newer recurring consent of the same customer.`),
  ),
  'consent-id-absent'(facts) {
    if (!hasConsentHeader(facts)) return open('The operation takes no consent id.')
    return headerOf(facts.headers, 'consent-id') === null
      ? yes('The request had no Consent-ID.')
      : no('The request had a Consent-ID.')
  },
  'quota-used-up'(facts) {
    const { grant, bank } = facts
    const perDay = consentOf(facts)?.frequencyPerDay ?? bank.profile.unattended?.perDay
    const used = grant?.unattendedUsed
    if (perDay === undefined || perDay === null || used === undefined)
      return open('How many calls were made without the customer is not known here.')
    const sentence = `${used} calls without the customer were made with this grant today (UTC); ${perDay} are allowed.`
    return used >= perDay ? yes(sentence) : no(sentence)
  },
  'customer-absent'({ bank, headers }) {
    const header = bank.profile.unattended?.presentHeader
    if (header === undefined) return open('This bank has no header that says it.')
    return headerOf(headers, header) === null ? yes(`The request had no ${header}.`) : no(`The request had ${header}.`)
  },
  'combined-session-asked'(facts) {
    const asked = (bodyValue(facts) as { combinedServiceIndicator?: unknown } | undefined)?.combinedServiceIndicator
    if (typeof asked !== 'boolean') return open('The body does not say.')
    return asked ? yes('combinedServiceIndicator is true.') : no('combinedServiceIndicator is false.')
  },
  'consent-frequency-lower': ofConsent(({ frequencyPerDay }, { bank }) => {
    const perDay = bank.profile.unattended?.perDay
    if (frequencyPerDay === null || perDay === undefined)
      return open('How often the consent allows reading is not known here.')
    const sentence = `The consent allows ${frequencyPerDay} calls a day without the customer; the bank allows up to ${perDay}.`
    return frequencyPerDay < perDay ? yes(sentence) : no(sentence)
  }),
  'status-final': statusFinal,
  'status-cancelled': ofStatus(
    (record, facts) => same(kindOf(facts, record)?.delete?.gives ?? cancelled, record.status),
    'it was cancelled',
  ),
  'status-carried-out': ofStatus(
    ({ status }) => atWork.has(status?.toUpperCase() ?? ''),
    'it was carried out, or the bank is at it',
  ),
  'authorisation-final': authorisationFinal,
  'created-by-another': createdByAnother,
  'id-not-seen': idNotSeen,
} satisfies Record<string, Predicate>
