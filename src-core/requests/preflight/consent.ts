/** Preflight of what the call is about: the last known state of the consent, or of a payment that nothing can be done with any more. */
import type { Finding } from '#shared/contract/exchange.ts'
import type { CallFacts } from '../call-facts.ts'
import { authorisedSince, consentOf, unreadSince } from '../evidence/consent.ts'
import { type Rule, remedy, whenProven } from './rule.ts'

const about = (facts: CallFacts): Pick<Finding, 'place' | 'remedies'> => {
  const record = consentOf(facts) ?? facts.around.resources[0]
  return {
    place: { kind: 'consent', name: record?.id ?? null },
    remedies: record === undefined ? [] : [remedy.openConsent(record.id)],
  }
}

/** Reading, ending and authorising a consent is what one does while it is not valid. */
const usesConsent = (facts: CallFacts): boolean => {
  const { bank, operation } = facts
  const profile = bank.profile.resources?.find(({ kind }) => kind === 'consent')
  const own = [profile?.read, profile?.status, profile?.delete?.operation]
  const calls =
    profile?.authorisations.flatMap(({ start, list, status, update }) => [start, list, status, update]) ?? []
  return ![...own, ...calls].includes(operation.id)
}

const notValid = whenProven('consent-not-valid', (facts) =>
  usesConsent(facts)
    ? {
        id: 'consent-not-valid',
        // The bank may know better by now.
        severity: 'warning',
        remedy: 'Let the customer authorise it, or read its status anew.',
        ...about(facts),
      }
    : null,
)

/** Nothing speaks against the call, and nothing for it either. */
const unread: Rule = (facts) => {
  const record = consentOf(facts)
  if (record === null || record.status === null || !usesConsent(facts) || !authorisedSince(record, facts)) return null
  return {
    id: 'consent-unread',
    severity: 'note',
    message: unreadSince(record),
    remedy: 'Read its status.',
    place: { kind: 'consent', name: record.id },
    remedies: [remedy.readStatus(record.id), remedy.openConsent(record.id)],
  }
}

const expired = whenProven('consent-expired', (facts) =>
  usesConsent(facts)
    ? { id: 'consent-expired', severity: 'error', remedy: 'Create a new consent.', ...about(facts) }
    : null,
)

const replaced = whenProven('consent-replaced', (facts) =>
  usesConsent(facts)
    ? { id: 'consent-replaced', severity: 'error', remedy: 'Use the newer consent.', ...about(facts) }
    : null,
)

const final = whenProven('status-final', (facts) =>
  facts.method === 'GET'
    ? null
    : {
        id: 'status-final',
        severity: 'warning',
        remedy: 'Read its status anew before you go on.',
        ...about(facts),
      },
)

const authorisation = whenProven('authorisation-final', (facts) =>
  facts.method === 'GET'
    ? null
    : {
        id: 'status-final',
        severity: 'warning',
        remedy: 'Start another authorisation, if the bank still wants one.',
        ...about(facts),
      },
)

export const consentRules: readonly Rule[] = [notValid, unread, expired, replaced, final, authorisation]
